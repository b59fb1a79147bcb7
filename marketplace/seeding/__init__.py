"""What the demo shop sells, and the pictures of it: plain data and drawings."""
