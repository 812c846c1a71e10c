using System.Text;
using Review.Patches.Mail;

namespace Review.Tests.Mail;

/// <summary>A mail is read as the real git reads it, whole or damaged.</summary>
public sealed class MailInfoTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mails_are_read_as_git_reads_them(int seed)
    {
        using var git = new GitMailInfo();
        var maker = new MailMaker(seed);
        var refused = 0;
        for (var i = 0; i < 120; i++)
        {
            var mail = maker.Next();
            var ours = MailMessage.Read(mail).Info;
            if (git.Read(mail) is not var (info, message, patch))
            {
                refused++;
                Assert.True(ours.Refusal is not null, $"git refuses mail {i} of seed {seed}, we do not:\n{Encoding.Latin1.GetString(mail)}");
                continue;
            }

            var shown = $"mail {i} of seed {seed}:\n{Encoding.Latin1.GetString(mail)}";
            Assert.True(ours.Refusal is null, $"we refuse ({ours.Refusal}) {shown}");
            Assert.True(Encoding.Latin1.GetString(message) == Encoding.Latin1.GetString(ours.MessageBytes.Span), $"message: '{ours.Message}' of {shown}");
            Assert.True(Encoding.Latin1.GetString(patch) == Encoding.Latin1.GetString(ours.Patch.Span), $"patch of {shown}");
            foreach (var (name, value) in new[] { ("Author", ours.Author), ("Email", ours.Email), ("Subject", ours.Subject), ("Date", ours.Date) })
            {
                var theirs = info.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "";
                Assert.True(theirs == value, $"{name}: git says '{theirs}', we say '{value}' of {shown}");
            }
        }

        Assert.InRange(refused, 1, 100);
    }

    [Fact]
    public void What_b4_decoded_is_not_decoded_again()
    {
        var mail = "From: a <a@b.c>\nSubject: x\nContent-Transfer-Encoding: quoted-printable\nContent-Type: multipart/mixed; boundary=\"b\"\n\nx=20;\ny = 3D =\nend\n"u8;
        Assert.Equal("x=20;\ny = 3D =\nend\n", MailMessage.Read(mail, isDecoded: true).Info.Message);
    }

    [Fact]
    public void Doubled_fields_are_told_and_the_last_counts()
    {
        var mail = MailMessage.Read("From: A B <a@b.c>\nFrom: C D <c@d.e>\nSubject: x\n\ntext\n"u8);
        Assert.Equal(("C D", "c@d.e"), (mail.Info.Author, mail.From!.Address));
        Assert.Contains("several From", Assert.Single(mail.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_with_commas_quotes_and_groups_are_read()
    {
        var mail = MailMessage.Read("From: a@b.c\nTo: \"Thor, A\" <a@b.c> (x), list: b@c.d, =?utf-8?q?=C3=84?= <d@e.f>;\n\n"u8);
        Assert.Equal<Mailbox>([new Mailbox("Thor, A", "a@b.c"), new Mailbox("", "b@c.d"), new Mailbox("Ä", "d@e.f")], mail.To);
    }

    [Fact]
    public void A_bomb_of_header_fields_is_refused()
    {
        var mail = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("X: y\n", 100_000)) + "\ntext\n");
        Assert.Contains("header", MailMessage.Read(mail).Info.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_without_trouble()
    {
        var random = new Random(4);
        var bytes = new byte[2_000];
        for (var i = 0; i < 2_000; i++)
        {
            random.NextBytes(bytes);
            foreach (var mail in MailContainer.Split(bytes))
            {
                _ = MailMessage.Read(mail);
            }
        }
    }
}
