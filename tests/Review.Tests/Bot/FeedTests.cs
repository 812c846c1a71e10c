using System.Globalization;
using System.Text;
using Review.Bot.Scanning;
using Review.Patches.Archives;
using Review.Patches.Mail;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>Maildirs and mailbox files as sources that grow.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_maildir_gives_every_mail_and_after_a_while_only_new_ones()
    {
        foreach (var name in (string[])["new/1", "cur/2:2,S", "tmp/3"])
        {
            folder.Write("mail/" + name, Mail(name));
        }

        File.SetLastWriteTimeUtc(folder.At("mail/new/1"), DateTimeOffset.UtcNow.AddHours(-2).UtcDateTime);
        File.SetLastWriteTimeUtc(folder.At("mail/cur/2:2,S"), DateTimeOffset.UtcNow.AddHours(-1).UtcDateTime);
        var feed = new MaildirFeed(folder.At("mail"));
        var mails = feed.Since(ArchivePosition.Start).ToList();
        Assert.Equal(["new/1", "cur/2:2,S"], mails.Select(Subject));
        var position = ArchivePosition.Parse(mails[^1].Position.ToString());

        // Delivered before the last one was seen, but visible only now.
        folder.Write("mail/new/4", Mail("new/4"));
        File.SetLastWriteTimeUtc(folder.At("mail/new/4"), DateTimeOffset.UtcNow.AddHours(-1).AddSeconds(-30).UtcDateTime);
        Assert.Equal(["new/4", "cur/2:2,S"], feed.Since(position).Select(Subject));
    }

    [Fact]
    public void A_mailbox_is_read_on_from_where_it_ended_and_anew_when_it_shrank()
    {
        Write("box/a.mbox", Mbox(0, 3));
        Write("box/b.mbox", Mbox(10, 1));
        var feed = new MboxFeed(folder.At("box"), TimeProvider.System);
        var mails = feed.Since(ArchivePosition.Start).ToList();
        Assert.Equal(["m0", "m1", "m2", "m10"], mails.Select(Subject));
        Write("box/a.mbox", Mbox(0, 5));
        var next = feed.Since(ArchivePosition.Parse(mails[^1].Position.ToString())).ToList();
        Assert.Equal(["m3", "m4"], next.Select(Subject));
        Assert.Empty(feed.Since(next[^1].Position));
        Write("box/a.mbox", Mbox(20, 1));
        Assert.Equal(["m20"], feed.Since(next[^1].Position).Select(Subject));

        // Somebody is writing it.
        folder.Write("box/c.mbox", Mbox(30, 1));
        Assert.DoesNotContain("m30", feed.Since(ArchivePosition.Start).Select(Subject));
    }

    [Fact]
    public void A_large_mailbox_loses_nothing_and_can_be_left_in_the_middle()
    {
        const int Count = 12_000;
        Write("large.mbox", Mbox(0, Count));
        var feed = new MboxFeed(folder.At("large.mbox"), TimeProvider.System);
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"m{i}"), feed.Since(ArchivePosition.Start).Select(Subject));
        var half = feed.Since(ArchivePosition.Start).Take(7_000).ToList();
        Assert.Equal(Count, half.Concat(feed.Since(half[^1].Position)).Select(Subject).Distinct(StringComparer.Ordinal).Count());
    }

    public void Dispose() => folder.Dispose();

    private void Write(string name, string text)
    {
        folder.Write(name, text);
        File.SetLastWriteTimeUtc(folder.At(name), DateTimeOffset.UtcNow.AddMinutes(-1).UtcDateTime);
    }

    private static string Mail(string subject) => $"From: a@example.org\nSubject: {subject}\nMessage-ID: <{subject.GetHashCode(StringComparison.Ordinal)}@x>\n\n{string.Concat(Enumerable.Repeat("A line of text.\n", 30))}";

    private static string Mbox(int first, int count)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + count; i++)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"From mboxrd@z Thu Jan  1 00:00:00 1970\n{Mail($"m{i}")}\n");
        }

        return text.ToString();
    }

    private static string Subject(ArchivedMail mail) => MailMessage.Read(mail.Bytes).Subject;
}
