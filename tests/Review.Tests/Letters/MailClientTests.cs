using System.Net;
using System.Net.Sockets;
using System.Text;
using Review.Patches.Mail;
using Review.Patches.Replies;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Letters;

/// <summary>Drafts in the hands of the programs that people send mail with.</summary>
public sealed class MailClientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string draft;

    public MailClientTests()
    {
        var patch = MailMessage.Read("Message-ID: <1@example.org>\nFrom: =?utf-8?q?=C3=84_Thor?= <author@example.org>\nTo: list@example.org\nSubject: =?utf-8?q?=5BPATCH_v2_1/2=5D_mm=3A_=C3=A4nderung?=\n\nText.\n"u8);
        folder.Write("0001.eml", Encoding.UTF8.GetString(ReplyMail.Write(patch, "On Wed, 1 May 2024, the patch says:\n\n> @@ -1 +1 @@\n> +\tint ä;\n\nIn f(), something is odd. Is that meant to be so?\n\n.a line with a dot\n-- \nmmreview 0.1.0, rule, still present after 2/2\n", "key")));
        draft = folder.At("0001.eml");

        // git send-email and b4 work in repositories only, and b4 for somebody with a name.
        TestProgram.Git(folder.Path, "init", "--quiet", ".");
        TestProgram.Git(folder.Path, "config", "user.name", "Operator");
        TestProgram.Git(folder.Path, "config", "user.email", "operator@example.org");
    }

    [SendEmailFact]
    public async Task Git_send_email_sends_a_draft_as_it_is()
    {
        using var sink = new SmtpSink();
        var sending = Task.Run(() => TestProgram.Run(
            "git",
            folder.Path,
            ["send-email", "--quiet", "--confirm=never", "--suppress-cc=all", "--smtp-server=127.0.0.1", $"--smtp-server-port={sink.Port}", "--smtp-encryption=none", "--from=Operator <operator@example.org>", "--to=author@example.org", draft],
            ("HOME", folder.Path), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("LC_ALL", "C.UTF-8")));
        var received = await sink.Receive(TimeSpan.FromSeconds(60));
        var result = await sending;
        Assert.True(result.Status == 0, result.Errors + result.Output);
        var mail = MailMessage.Read(received);
        Assert.Equal(["1@example.org"], mail.Answers.ToArray());
        Assert.Equal("Re: [PATCH v2 1/2] mm: änderung", mail.Subject);
        Assert.Equal("operator@example.org", mail.From!.Address);
        Assert.Contains("> +\tint ä;\n", mail.Info.Body, StringComparison.Ordinal);
        Assert.Contains("\n.a line with a dot\n", mail.Info.Body, StringComparison.Ordinal);
    }

    [ToolFact("mutt")]
    public void Mutt_takes_a_draft_with_its_header()
    {
        var script = folder.At("sendmail");
        File.WriteAllText(script, $"#!/bin/sh\ncat > {folder.At("sent")}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("muttrc", $"set sendmail=\"{script}\"\nset copy=no\nset sendmail_wait=20\nset charset=utf-8\nset from=\"Operator <operator@example.org>\"\nset signature=\"\"\nset use_envelope_from=no\n");
        var result = TestProgram.Run("sh", folder.Path, ["-c", $"exec mutt -n -F muttrc -H {draft} < /dev/null"], ("HOME", folder.Path), ("LC_ALL", "C.UTF-8"));
        Assert.True(result.Status == 0, result.Errors + result.Output);
        var mail = MailMessage.Read(File.ReadAllBytes(folder.At("sent")));
        Assert.Equal("Re: [PATCH v2 1/2] mm: änderung", mail.Subject);
        Assert.Equal(["1@example.org"], mail.Answers.ToArray());
        Assert.Equal("author@example.org", Assert.Single(mail.To).Address);
        Assert.Contains("> +\tint ä;\n", mail.Info.Body, StringComparison.Ordinal);
    }

    [ToolFact("b4")]
    public void B4_takes_an_answer_for_an_answer_and_the_patch_for_the_patch()
    {
        // b4 0.12 reads a mailbox of a thread and prepares what git am is to apply: the answer must not be among it.
        var patch = "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: A Thor <author@example.org>\nTo: list@example.org\nDate: Wed, 01 May 2024 12:00:00 +0000\nMessage-ID: <1@example.org>\nSubject: [PATCH] mm: change\n\nText.\n\nSigned-off-by: A Thor <author@example.org>\n---\n f | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/f b/f\nindex 0123456789ab..ba9876543210 100644\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n-- \n2.39.5\n";
        folder.Write("thread.mbox", $"{patch}\nFrom mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Operator <operator@example.org>\nDate: Wed, 01 May 2024 13:00:00 +0000\n{File.ReadAllText(draft)}");
        _ = Directory.CreateDirectory(folder.At("out"));
        var result = TestProgram.Run("b4", folder.Path, ["am", "-m", "thread.mbox", "-o", "out", "--no-cache", "1@example.org"], ("HOME", folder.Path), ("XDG_DATA_HOME", folder.At("data")), ("XDG_CACHE_HOME", folder.At("cache")));
        var made = Directory.GetFiles(folder.At("out"), "*.mbx");
        Assert.True(made.Length == 1, result.Errors + result.Output);
        var mails = MailContainer.Split(File.ReadAllBytes(made[0]));
        Assert.Equal("[PATCH] mm: change", MailMessage.Read(Assert.Single(mails)).Subject);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Git's own mail program is a package of its own.</summary>
    private sealed class SendEmailFactAttribute : FactAttribute
    {
        public SendEmailFactAttribute() => Skip = File.Exists("/usr/lib/git-core/git-send-email") ? null : "git-email not installed";
    }

    /// <summary>A server that takes one mail (RFC 5321) and nothing else.</summary>
    private sealed class SmtpSink : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public SmtpSink() => listener.Start();

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async Task<byte[]> Receive(TimeSpan patience)
        {
            using var limit = new CancellationTokenSource(patience);
            using var client = await listener.AcceptTcpClientAsync(limit.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            var mail = new StringBuilder();
            while (await reader.ReadLineAsync(limit.Token) is { } command && !command.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                if (command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync(limit.Token) is { } line && line != ".")
                    {
                        _ = mail.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
                    }
                }

                await writer.WriteLineAsync(command.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase) ? "250 8BITMIME" : "250 fine");
            }

            await writer.WriteLineAsync("221 bye");
            return Encoding.Latin1.GetBytes(mail.ToString());
        }

        public void Dispose() => listener.Dispose();
    }
}
