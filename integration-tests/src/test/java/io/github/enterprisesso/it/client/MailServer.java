package io.github.enterprisesso.it.client;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;

/** The mailboxes of the people: as much of SMTP (RFC 5321) as Keycloak speaks. */
public final class MailServer implements AutoCloseable {

    private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:<([^>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"([^\"]+)\"");
    private static final Pattern ENCODING =
            Pattern.compile("Content-Transfer-Encoding: ([\\w-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?UTF-8\\?([QB])\\?([^?]*)\\?=", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("http://localhost[^\\s\"<>]+");

    private final ServerSocket socket;
    private final Map<String, BlockingQueue<String>> mailboxes = new ConcurrentHashMap<>();

    private MailServer(ServerSocket socket) {
        this.socket = socket;
    }

    public static MailServer start() {
        try {
            MailServer server = new MailServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "mail-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings with which a realm sends its mails here. */
    public Map<String, String> settings() {
        return Map.of(
                "host", "localhost", "port", Integer.toString(socket.getLocalPort()), "from", "realm@tenant.test");
    }

    /** Waits for the next mail to the address; answers the first link in it. */
    public URI link(String recipient) {
        String mail = mail(recipient);
        Matcher link = LINK.matcher(mail);
        if (!link.find()) {
            throw new AssertionError("No link in the mail to " + recipient + ":\n" + mail);
        }
        return URI.create(Parser.unescapeEntities(link.group(), false));
    }

    /** Waits for the next mail to the address; answers it with its headers. */
    public String mail(String recipient) {
        try {
            String mail = mailbox(recipient).poll(1, TimeUnit.MINUTES);
            if (mail == null) {
                throw new AssertionError("No mail to " + recipient);
            }
            return mail;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** True if no mail to the address waits to be read. */
    public boolean isEmpty(String recipient) {
        return mailbox(recipient).isEmpty();
    }

    private BlockingQueue<String> mailbox(String recipient) {
        return mailboxes.computeIfAbsent(recipient.toLowerCase(Locale.ROOT), box -> new LinkedBlockingQueue<>());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket sender = socket.accept()) {
                converse(sender);
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void converse(Socket sender) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(sender.getOutputStream(), true, StandardCharsets.UTF_8);
        String recipient = null;
        answer(out, "220 mail");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher to = RECIPIENT.matcher(line);
            if (to.find()) {
                recipient = to.group(1);
            }
            if (line.equalsIgnoreCase("DATA")) {
                answer(out, "354 go on");
                mailbox(recipient).add(body(in));
            }
            if (line.equalsIgnoreCase("QUIT")) {
                answer(out, "221 bye");
                return;
            }
            answer(out, "250 ok");
        }
    }

    /** The lines up to the dot, as a person reads them: headers and parts are decoded (RFC 2045, RFC 2047). */
    private static String body(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            mail.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return decoded(mail.toString());
    }

    private static String decoded(String entity) {
        int end = entity.indexOf("\n\n");
        if (end < 0) {
            return entity;
        }
        String headers = entity.substring(0, end).replaceAll("\n[ \t]+", " ");
        String content = entity.substring(end + 2);
        Matcher boundary = BOUNDARY.matcher(headers);
        if (boundary.find()) {
            return words(headers) + "\n\n"
                    + Arrays.stream(content.split("(?m)^--" + Pattern.quote(boundary.group(1)) + "(--)?\n"))
                            .map(MailServer::decoded)
                            .collect(Collectors.joining("\n"));
        }
        Matcher encoding = ENCODING.matcher(headers);
        return words(headers) + "\n\n"
                + switch (encoding.find() ? encoding.group(1).toLowerCase(Locale.ROOT) : "") {
                    case "quoted-printable" -> quotedPrintable(content);
                    case "base64" -> text(Base64.getMimeDecoder().decode(content));
                    default -> content;
                };
    }

    private static String words(String headers) {
        return ENCODED_WORD
                .matcher(headers.replaceAll("\\?=\\s+=\\?", "?==?"))
                .replaceAll(word -> Matcher.quoteReplacement(
                        "Q".equalsIgnoreCase(word.group(1))
                                ? quotedPrintable(word.group(2).replace('_', ' '))
                                : text(Base64.getDecoder().decode(word.group(2)))));
    }

    private static String quotedPrintable(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String joined = encoded.replace("=\n", "");
        for (int i = 0; i < joined.length(); i++) {
            if (joined.charAt(i) == '=') {
                bytes.write(Integer.parseInt(joined, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(joined.charAt(i));
            }
        }
        return text(bytes.toByteArray());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void answer(PrintWriter out, String line) {
        out.print(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
