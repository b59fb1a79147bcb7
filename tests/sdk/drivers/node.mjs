/* Lets a test drive the npm package alipay-sdk: a JSON object in, one out, a line. */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [settings, folder] = process.argv.slice(2);
const { AlipaySdk } = createRequire(`${folder}/`)("alipay-sdk");
const app = JSON.parse(settings);
const kit = new AlipaySdk({
  appId: app.app_id,
  privateKey: app.private_key,
  keyType: "PKCS8",
  alipayPublicKey: app.alipay_public_key,
  gateway: app.gateway_url,
  endpoint: new URL(app.gateway_url).origin,
  encryptKey: app.aes_key,
  camelcase: false,
});

/* The kit stumbles over parameters that are undefined. */
const given = (params) =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));

const acts = {
  async call({ method, biz, notify_url, encrypted }) {
    // The kit cannot check the signature of what it has decrypted itself.
    const params = given({ bizContent: biz, notify_url, needEncrypt: encrypted });
    const node = await kit.exec(method, params, { validateSign: !encrypted });
    return { node, success: node.code === "10000" };
  },
  page({ method, biz, notify_url, return_url, as_form }) {
    const params = given({ bizContent: biz, notify_url, return_url });
    if (as_form) return { form: kit.pageExecute(method, "POST", params) };
    return { address: kit.pageExecute(method, "GET", params) };
  },
  verify({ form }) {
    return { genuine: kit.checkNotifySignV2(form) };
  },
  async v3({ verb, path, query, body, encrypted }) {
    const { data } = await kit.curl(verb, path, given({ query, body, needEncrypt: encrypted }));
    return { node: data, success: true };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: act, ...asked } = JSON.parse(line);
  let told;
  try {
    told = await acts[act](asked);
  } catch (error) {
    told = { error: `${error.name}: ${error.message}`, code: error.code };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
