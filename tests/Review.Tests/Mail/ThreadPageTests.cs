using System.Text;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Tests.Mail;

/// <summary>An archive's thread page is read back into its mails.</summary>
public sealed class ThreadPageTests
{
    private const string Head = "Some Archive\n help / color / mirror / Atom feed\n";

    private static readonly string Page = Head
        + Message("[PATCH 0/1] mm: x", "A Thor", "2021-09-26 16:12", "cover\n")
        + Message("[PATCH 1/1] mm: y", "A Thor", "2021-09-26 16:12", "why\n---\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n-- \n2\n\n")
        + Message("Re: [PATCH 1/1] mm: y", "B Reader", "2021-09-27  9:08", "^ permalink raw reply\t[flat|nested] 3+ messages in thread\n\nthat was a quote\n")
        + """
        end of thread, other threads:[~2021-10-13 23:10 UTC | newest]

        Thread overview: 3+ messages (download: mbox.gz / follow: Atom feed)
        -- links below jump to the message on this page --
        2021-09-26 16:12 [PATCH 0/1] mm: x A Thor
        2021-09-26 16:12 ` [PATCH 1/1] mm: y A Thor
        2021-09-27  9:08   ` B Reader

        This is a public inbox, see mirroring instructions
        """;

    [Fact]
    public void Mails_parents_and_names_come_back()
    {
        var thread = Read(Page);
        Assert.False(thread.IsUncertain);
        Assert.Equal([(null, "A Thor"), (0, "A Thor"), (1, "B Reader")], thread.Mails.Select((mail, index) => (thread.ParentOf(index), mail.From!.Name)));
        Assert.Contains("that was a quote", thread.Mails[2].Info.Body, StringComparison.Ordinal);
        var series = Assert.Single(SeriesAssembler.Assemble(thread));
        Assert.Equal(("mm: x", null, "f"), (series.Title, series.Trouble, Assert.Single(Assert.Single(series.Patches).Files).Path));
    }

    [Fact]
    public void Another_count_than_the_page_claims_is_told() => Assert.True(Read(Page.Replace("3+ messages in thread", "4+ messages in thread", StringComparison.Ordinal)).IsUncertain);

    [Fact]
    public void Other_text_is_no_page() => Assert.Null(ThreadPage.Read("From: a <a@b.c>\nSubject: x\n\n* y\n@ z\n"u8));

    private static MailThread Read(string page) => ThreadPage.Read(Encoding.UTF8.GetBytes(page)) ?? throw new InvalidOperationException("no page");

    private static string Message(string subject, string author, string date, string body) =>
        $"* {subject}\n@ {date} {author}\n  0 siblings, 1 reply; 3+ messages in thread\nFrom: {author} @ {date} UTC (permalink / raw)\n  To: C; +Cc: D, E\n\n{body}\n^ permalink raw reply\t[flat|nested] 3+ messages in thread\n\n";
}
