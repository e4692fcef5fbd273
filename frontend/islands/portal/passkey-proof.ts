// <passkey-proof> of the portal: the same on both sides.
import { define } from "../../lib/element";
import { PasskeyProof } from "../../lib/passkey-proof";

define("passkey-proof", PasskeyProof);
