// <passkey-proof> of the desk: the same on both sides.
import { define } from "../../lib/element";
import { PasskeyProof } from "../../lib/passkey-proof";

define("passkey-proof", PasskeyProof);
