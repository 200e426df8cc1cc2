/** Who decided on a command, and has nobody changed it since? */
package io.svidflow.signing;
