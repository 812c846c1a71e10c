using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Review.Bot.Configuration;
using Review.Bot.Sending;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>Handing mails over: to a real mail server with TLS and a password, to a program, to a folder, and checks to a server that speaks patchwork's API.</summary>
public sealed class SenderTests : IDisposable
{
    private static readonly OutgoingMessage Mail = new("0123abcd@example.org", Encoding.UTF8.GetBytes("From: bot@example.org\nTo: a@example.org\nSubject: s\nMessage-ID: <0123abcd@example.org>\n\n> +\tint \u00e4;\n.dot\n..dots\n\nEnd.\n"), ["a@example.org", "b@example.org"], "patch@example.org");

    private readonly TemporaryFolder folder = new();

    [SmtpFact]
    public void A_mail_goes_encrypted_and_signed_in_and_arrives_as_it_is()
    {
        using var sink = SecureSink();
        Assert.Equal(HandOver.Done, Sender(sink, "secret").Hand(Mail, static () => true, default));
        var lines = Encoding.UTF8.GetString(sink.Mails().Single()).Split('\n', 3);
        Assert.Equal("X-Envelope-From: bot@example.org", lines[0]);
        Assert.Equal("X-Envelope-To: a@example.org, b@example.org", lines[1]);
        Assert.Equal(Encoding.UTF8.GetString(Mail.Bytes), lines[2]);
    }

    [SmtpFact]
    public void Without_trust_password_or_tls_nothing_is_sent()
    {
        using var sink = SecureSink();
        var begun = false;
        bool Begin() => begun = true;
        Assert.Equal(HandOverResult.Later, Sender(sink, "secret", authority: false).Hand(Mail, Begin, default).Result);
        var refusal = Sender(sink, "guess").Hand(Mail, Begin, default);
        Assert.Equal(HandOverResult.Later, refusal.Result);
        Assert.StartsWith("AUTH: 535", refusal.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", refusal.Reason, StringComparison.Ordinal);
        using var open = new SmtpSink(folder.At("open"));
        Assert.NotEqual(HandOverResult.Done, new SmtpSender(new SmtpConfig { Host = "127.0.0.1", Port = open.Port }, "bot@example.org", "example.org", null).Hand(Mail, Begin, default).Result);
        Assert.False(begun);
        Assert.Empty(sink.Mails().Concat(open.Mails()));
    }

    [SmtpFact]
    public void A_mail_that_is_somebody_elses_by_now_is_not_ended_and_so_not_sent()
    {
        using var sink = new SmtpSink(folder.At("mail"));
        Assert.Equal(HandOver.NotBegun, new SmtpSender(new SmtpConfig { Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None }, "bot@example.org", "example.org", null).Hand(Mail, static () => false, default));
        Assert.Empty(sink.Mails());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_later_and_one_that_hangs_up_at_the_dot_may_have_the_mail()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var sender = new SmtpSender(new SmtpConfig { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None }, "bot@example.org", "example.org", null);
        var server = Task.Run(() =>
        {
            using var client = listener.AcceptTcpClient();
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            writer.WriteLine("220 here");
            foreach (var answer in (string[])["250-here\r\n250-8BITMIME\r\n250 SIZE 100000", "250 ok", "250 ok", "550 not b", "354 go on"])
            {
                _ = reader.ReadLine();
                writer.WriteLine(answer);
            }

            while (reader.ReadLine() is { } line && line != ".")
            {
            }
        });
        Assert.Equal(HandOverResult.Unknown, sender.Hand(Mail, static () => true, default).Result);
        await server;
        listener.Stop();
        Assert.Equal(HandOverResult.Later, sender.Hand(Mail, static () => true, default).Result);
        Assert.Null(sender.HasArrived(Mail));
    }

    [Theory]
    [InlineData("a\n.\nb", "a\r\n..\r\nb\r\n")]
    [InlineData(".a\r\n..b\n", "..a\r\n...b\r\n")]
    [InlineData("a\n\n", "a\r\n\r\n")]
    public void Lines_end_as_the_protocol_wants_and_dots_are_doubled(string mail, string wire) => Assert.Equal(wire, Encoding.ASCII.GetString(SmtpSender.OnTheWire(Encoding.ASCII.GetBytes(mail))));

    [Fact]
    public void What_would_end_a_line_elsewhere_is_not_sent()
    {
        Assert.Throws<InvalidDataException>(static () => SmtpSender.OnTheWire("a\rb\n"u8));
        Assert.Throws<InvalidDataException>(static () => SmtpSender.OnTheWire(Encoding.ASCII.GetBytes(new string('a', 999))));
    }

    [Theory]
    [InlineData(0, HandOverResult.Done)]
    [InlineData(75, HandOverResult.Later)]
    [InlineData(67, HandOverResult.Refused)]
    public void Sendmail_reads_the_receivers_in_the_mail(int status, HandOverResult expected)
    {
        folder.Write("sendmail", string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\necho \"$@\" > {folder.At("arguments")}\ncat > {folder.At("taken")}\nexit {status}\n"));
        File.SetUnixFileMode(folder.At("sendmail"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(expected, new SendmailSender(folder.At("sendmail"), "bot@example.org").Hand(Mail, static () => true, default).Result);
        Assert.Equal("-t -i -f bot@example.org\n", File.ReadAllText(folder.At("arguments")));
        Assert.Equal(Mail.Bytes, File.ReadAllBytes(folder.At("taken")));
        Assert.Equal(HandOverResult.Later, new SendmailSender(folder.At("gone"), "bot@example.org").Hand(Mail, static () => true, default).Result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_draft_is_there_once_whole_and_can_be_found_again(bool isMaildir)
    {
        var sender = new DraftSender(new DraftConfig(folder.At("drafts"), isMaildir));
        Assert.Equal(HandOver.NotBegun, sender.Hand(Mail, static () => false, default));
        Assert.False(sender.HasArrived(Mail));
        Assert.Equal(HandOver.Done, sender.Hand(Mail, static () => true, default));
        Assert.Equal(HandOver.Done, sender.Hand(Mail, static () => true, default));
        var file = Assert.Single(Directory.GetFiles(folder.At("drafts"), "*", SearchOption.AllDirectories));
        Assert.Equal(Mail.Bytes, File.ReadAllBytes(file));
        Assert.True(sender.HasArrived(Mail));
        if (isMaildir)
        {
            File.Move(file, folder.At($"drafts/cur/{Path.GetFileName(file)}:2,S"));
            Assert.True(sender.HasArrived(Mail));
        }
    }

    [Fact]
    public void A_check_is_posted_once_with_the_token_and_found_again()
    {
        using var server = new Patchwork();
        using var sender = new PatchworkSender(new PatchworkConfig(server.Url, "linux-mm", "mmreview", new SecretConfig("T", null)), "word");
        var check = Mail with { Bytes = PatchworkSender.Check("warning", "mmreview", "1 finding (stale-prev)") };
        Assert.False(sender.HasArrived(check));
        Assert.Equal(HandOver.Done, sender.Hand(check, static () => true, default));
        Assert.True(sender.HasArrived(check));
        Assert.Equal(HandOver.Done, sender.Hand(check, static () => true, default));
        var posted = Assert.Single(server.Posted);
        Assert.Equal(("warning", "mmreview", "1 finding (stale-prev)"), (posted["state"], posted["context"], posted["description"]));
        Assert.All(server.Tokens, static token => Assert.Equal("Token word", token));

        Assert.Equal(HandOver.Done, sender.Hand(Mail with { Bytes = PatchworkSender.Check("success", "mmreview", "nothing found") }, static () => true, default));
        Assert.Equal(2, server.Posted.Count);
        Assert.Equal(HandOverResult.Later, sender.Hand(check with { Answers = "unknown@example.org" }, static () => true, default).Result);
        server.Status = 403;
        Assert.Equal(HandOverResult.Refused, sender.Hand(check, static () => true, default).Result);
        server.Status = 503;
        Assert.Equal(HandOverResult.Later, sender.Hand(check, static () => true, default).Result);
        Assert.Equal(2, server.Posted.Count);
    }

    public void Dispose() => folder.Dispose();

    private SmtpSink SecureSink()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.Write("certificate.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        return new SmtpSink(folder.At("mail"), folder.At("certificate.pem"), folder.At("key.pem"), "bot", "secret");
    }

    private SmtpSender Sender(SmtpSink sink, string password, bool authority = true) =>
        new(new SmtpConfig { Host = "localhost", Port = sink.Port, User = "bot", Authority = authority ? folder.At("certificate.pem") : null }, "bot@example.org", "example.org", password);

    /// <summary>As much of patchwork's API as checks need: one patch, its checks, and no slash forgiven.</summary>
    private sealed class Patchwork : IDisposable
    {
        private readonly HttpListener listener = new();

        public Patchwork()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/api/1.3/"));
            }

            listener.Prefixes.Add(Url.ToString());
            listener.Start();
            _ = Task.Run(Serve);
        }

        public Uri Url { get; }

        public int Status { get; set; } = 201;

        public List<Dictionary<string, string>> Posted { get; } = [];

        public List<string?> Tokens { get; } = [];

        public void Dispose() => ((IDisposable)listener).Dispose();

        private void Serve()
        {
            while (listener.IsListening)
            {
                try
                {
                    Answer(listener.GetContext());
                }
                catch (Exception trouble) when (trouble is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private void Answer(HttpListenerContext context)
        {
            Tokens.Add(context.Request.Headers["Authorization"]);
            var (status, body) = (context.Request.HttpMethod, context.Request.Url!.AbsolutePath) switch
            {
                ("GET", "/api/1.3/patches/") when context.Request.QueryString["project"] == "linux-mm" => (200, context.Request.QueryString["msgid"] == "patch@example.org" ? "[{\"id\": 7, \"msgid\": \"<patch@example.org>\"}]" : "[]"),
                ("GET", "/api/1.3/patches/7/checks/") => (200, JsonSerializer.Serialize(Posted)),
                ("POST", "/api/1.3/patches/7/checks/") when context.Request.ContentType == "application/json" => Post(context),
                _ => (404, "{}"),
            };
            context.Response.StatusCode = status;
            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }

        private (int, string) Post(HttpListenerContext context)
        {
            if (Status == 201)
            {
                Posted.Add(JsonSerializer.Deserialize<Dictionary<string, string>>(context.Request.InputStream)!);
            }

            return (Status, "{}");
        }
    }
}
