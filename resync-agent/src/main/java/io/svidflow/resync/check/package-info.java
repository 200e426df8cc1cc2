/** What the actor looks at once more before it carries something out, each in a class of its own. Pure. */
package io.svidflow.resync.check;
