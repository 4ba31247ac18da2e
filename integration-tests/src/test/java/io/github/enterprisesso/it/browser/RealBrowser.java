package io.github.enterprisesso.it.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chromium, headless. Each {@link #person} is a browser profile of its own; {@link #screenshot} keeps what he saw in
 * {@code integration-tests/target/screenshots}.
 */
public final class RealBrowser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** axe-core's words for what keeps people out. */
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private static final String SHOWN = documented();

    private final Playwright playwright;
    private final Browser browser;

    private RealBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static RealBrowser start() {
        Chromium chromium = Chromium.find();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Map<String, String> browserEnvironment = new HashMap<>(System.getenv());
        browserEnvironment.putAll(chromium.environment());
        return new RealBrowser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium.executable())
                                .setHeadless(true)
                                .setEnv(browserEnvironment)
                                .setArgs(FLAGS)));
    }

    /** A new profile with an empty tab. */
    public Page person(Browser.NewContextOptions options) {
        return browser.newContext(options.setViewportSize(1280, 800)).newPage();
    }

    /** A profile of an English-speaking person who prefers light pages. */
    public Page person() {
        return person(new Browser.NewContextOptions().setLocale("en-US").setColorScheme(ColorScheme.LIGHT));
    }

    /** Keeps what the person sees; {@code name} without an ending. */
    public static Path screenshot(Page page, String name) {
        Path file = TestRun.workDirectory().resolve("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    /**
     * The same, and a picture for the docs if {@code docs/themes.md} shows one of that name: into the directory that the
     * system property {@code screenshots} names, below the root of the repository.
     */
    public static void illustrate(Page page, String name) {
        screenshot(page, name);
        String directory = System.getProperty("screenshots");
        if (directory == null || !SHOWN.contains("(images/" + name + ".png)")) {
            return;
        }
        page.setViewportSize(760, 560);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(TestRun.repositoryRoot().resolve(directory).resolve(name + ".png"))
                .setFullPage(true));
        page.setViewportSize(1280, 800);
    }

    /** True if the page needs no scrolling sideways in a window of this width (WCAG 1.4.10 asks for 320). */
    public static boolean fits(Page page, int width) {
        page.setViewportSize(width, 800);
        boolean fits = (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        page.setViewportSize(1280, 800);
        return fits;
    }

    /** What axe-core finds serious or critical on the page, one line each: the rule, its help, the elements. */
    public static List<String> seriousFindings(Page page) {
        // a locator finds what is there already before the style sheets are
        page.waitForLoadState();
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(RealBrowser::line)
                        .toList();
    }

    private static String documented() {
        try {
            return Files.readString(TestRun.repositoryRoot().resolve("docs/themes.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
