// <passkey-proof> of the desk: the same on both sides.
import "../../lib/passkey-proof";
