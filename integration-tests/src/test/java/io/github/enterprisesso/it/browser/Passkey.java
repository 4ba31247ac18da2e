package io.github.enterprisesso.it.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** A person's device that holds passkeys and answers by itself: Chromium's virtual authenticator. */
public final class Passkey {

    private Passkey() {}

    /** Gives the person of this tab such a device; it stays with the tab when its cookies are gone. */
    public static void device(Page page) {
        CDPSession chromium = page.context().newCDPSession(page);
        chromium.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        chromium.send("WebAuthn.addVirtualAuthenticator", parameters);
    }
}
