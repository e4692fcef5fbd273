// <passkey-proof> of the portal: the same on both sides.
import "../../lib/passkey-proof";
