/**
 * {@code docker/run-local.sh} as a newcomer runs it: the script itself in a process of its own, on free ports and with an
 * empty directory of its own, and then the people of the demo in front of its pages.
 */
package io.github.enterprisesso.it.localrun;
