"""A fault storm: a crowd pays while everything between it and the money goes wrong."""
