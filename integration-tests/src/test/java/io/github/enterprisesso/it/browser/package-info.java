/** A real browser: Chromium without a window, driven by Playwright, with screenshots and axe-core. */
package io.github.enterprisesso.it.browser;
