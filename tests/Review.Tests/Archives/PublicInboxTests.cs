using System.Globalization;
using Review.Cli;
using Review.Cli.Mail;
using Review.Patches.Archives;
using Review.Patches.Mail;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Archives;

/// <summary>Reading public-inbox archives of both versions, and finding one thread without reading all of it.</summary>
public sealed class PublicInboxTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int> Versions => [1, 2];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_thread_is_found_from_any_of_its_mails(int version)
    {
        var archive = Archive(version, [.. Noise(0, 40), .. Thread(), .. Noise(40, 40)]);
        foreach (var id in (string[])["cover@x", "p2@x", "<r1@y>"])
        {
            Assert.Equal(["cover@x", "p1@x", "p2@x", "r1@y", "r2@x"], Ids(archive, id));
        }

        Assert.Empty(Ids(archive, "nobody@x"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void What_was_taken_out_is_gone_and_what_came_since_is_told(int version)
    {
        var mails = Thread();
        var archive = Archive(version, mails);
        ArchivePosition position;
        using (var inbox = PublicInbox.Open(archive)!)
        {
            var all = inbox.Since(ArchivePosition.Start).ToList();
            Assert.Equal(mails.Length, all.Count);
            position = all[^1].Position;
            Assert.Equal(inbox.End, position);
            Assert.Empty(inbox.Since(ArchivePosition.Parse(position.ToString())));
        }

        Append(version, archive, ["-" + mails[3], InboxMaker.Mail("late@z", "Re: [PATCH 1/2] one", InboxMaker.Begin.AddDays(3), "p1@x")]);
        using (var inbox = PublicInbox.Open(archive)!)
        {
            var since = inbox.Since(position).ToList();
            Assert.Equal([true, false], since.Select(static mail => mail.IsWithdrawn));
            Assert.Equal(MailIdentity.Of(MailMessage.Read(System.Text.Encoding.UTF8.GetBytes(mails[3]))), MailIdentity.Of(MailMessage.Read(since[0].Bytes)));
        }

        Assert.Equal(["cover@x", "p1@x", "p2@x", "r2@x", "late@z"], Ids(archive, "cover@x"));
    }

    [Fact]
    public void Epochs_are_read_in_order_and_some_may_be_missing()
    {
        InboxMaker.AppendVersion2(folder.At("inbox/git/2.git"), Thread()[..3]);
        InboxMaker.AppendVersion2(folder.At("inbox/git/10.git"), Thread()[3..]);
        Assert.Equal(["cover@x", "p1@x", "p2@x", "r1@y", "r2@x"], Ids(folder.At("inbox"), "r2@x"));
        using var inbox = PublicInbox.Open(folder.At("inbox"))!;
        Assert.Equal(["2", "10"], inbox.Since(ArchivePosition.Start).Select(static mail => mail.Position.ToString()).SelectMany(static text => text.Split(' ')).Select(static pair => pair.Split('=')[0]).Distinct());
    }

    [Fact]
    public void Rewritten_history_comes_again()
    {
        var archive = Archive(2, Thread());
        using (var inbox = PublicInbox.Open(archive)!)
        {
            var elsewhere = ArchivePosition.Start.With("0", new string('1', 40));
            Assert.Equal(Thread().Length, inbox.Since(elsewhere).Count());
        }
    }

    [Fact]
    public void Mails_that_have_nothing_to_do_with_the_thread_are_not_read()
    {
        // Their blobs do not exist: whoever reads one of them fails.
        var archive = Archive(2, [InboxMaker.Mail("first@x", "first", InboxMaker.Begin.AddDays(-30))]);
        var epoch = Path.Combine(archive, "git/0.git");
        for (var i = 0; i < 20; i++)
        {
            Absent(epoch, $"older {i}", InboxMaker.Begin.AddDays(-20 + i / 10.0));
        }

        InboxMaker.AppendVersion2(epoch, Thread());
        Assert.Equal(["cover@x", "p1@x", "p2@x", "r1@y", "r2@x"], Ids(archive, "r2@x"));
    }

    [Fact]
    public void All_mails_of_an_archive_come_one_by_one()
    {
        const int Count = 4_000;
        var archive = Archive(2, Noise(0, Count));
        using var inbox = PublicInbox.Open(archive)!;
        var mails = inbox.Since(ArchivePosition.Start).Select(static mail => MailMessage.Read(mail.Bytes)).Count(static mail => mail.MessageId is not null);
        Assert.Equal(Count, mails);
    }

    [ToolTheory("public-inbox-init", "public-inbox-mda")]
    [MemberData(nameof(Versions))]
    public void What_the_real_tools_wrote_is_read(int version)
    {
        (string, string?)[] environment = [("HOME", folder.Path), ("PI_DIR", folder.At("pi")), ("PI_CONFIG", folder.At("pi/config")), ("ORIGINAL_RECIPIENT", "list@example.org"), ("PI_EMERGENCY", folder.At("emergency"))];
        var made = TestProgram.Run("public-inbox-init", folder.Path, [$"-V{version}", "-Lbasic", "test", folder.At("real"), "http://example.org/test", "list@example.org"], environment);
        Assert.True(made.Status == 0, made.Errors);
        TestProgram.Git(folder.Path, "config", "-f", folder.At("pi/config"), "publicinboxmda.spamcheck", "none");
        foreach (var (mail, index) in Thread().Select(static (mail, index) => (mail, index)))
        {
            folder.Write("mail", mail);
            var sent = TestProgram.Run("sh", folder.Path, ["-c", "exec public-inbox-mda --no-precheck < mail"], environment);
            Assert.True(sent.Status == 0, $"{index}: {sent.Errors}");
        }

        Assert.Equal(["cover@x", "p1@x", "p2@x", "r1@y", "r2@x"], Ids(folder.At("real"), "p2@x"));
        using var inbox = PublicInbox.Open(folder.At("real"))!;
        Assert.Equal(Thread().Length, inbox.Since(ArchivePosition.Start).Count());
    }

    [Fact]
    public void A_folder_that_is_no_archive_is_none()
    {
        Assert.Null(PublicInbox.Open(folder.Path));
        TestProgram.Git(folder.Path, "init", "--quiet", "--bare", "empty.git");
        Assert.Null(PublicInbox.Open(folder.At("empty.git")));
        var archive = Archive(2, Thread());
        Assert.Contains("--message-id", Assert.Throws<UserError>(() => MailSource.Read(archive)).Cure, StringComparison.Ordinal);
        Assert.Contains("no mail <gone@x>", Assert.Throws<UserError>(() => MailSource.Read(archive, "gone@x")).Message, StringComparison.Ordinal);
        Assert.Equal(5, MailSource.Read(archive, "p1@x").Mails.Length);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A cover letter, two patches, an answer and an answer to it.</summary>
    private static string[] Thread() =>
    [
        InboxMaker.Mail("cover@x", "[PATCH 0/2] series", InboxMaker.Begin),
        InboxMaker.Mail("p1@x", "[PATCH 1/2] one", InboxMaker.Begin.AddSeconds(1), "cover@x"),
        InboxMaker.Mail("p2@x", "[PATCH 2/2] two", InboxMaker.Begin.AddSeconds(2), "cover@x"),
        InboxMaker.Mail("r1@y", "Re: [PATCH 2/2] two", InboxMaker.Begin.AddHours(2), "p2@x", from: "B Reader <b@example.org>"),
        InboxMaker.Mail("r2@x", "Re: [PATCH 2/2] two", InboxMaker.Begin.AddHours(3), "r1@y"),
    ];

    private static string[] Noise(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(static i => InboxMaker.Mail($"noise{i}@z", $"[PATCH {i % 9 + 1}/9] noise {i}", InboxMaker.Begin.AddMinutes(i - 40), null, string.Concat(Enumerable.Repeat("A line of a mail that is about something else.\n", 60)), $"C {i % 7} <c{i % 7}@example.org>"))];

    private string Archive(int version, string[] mails)
    {
        var archive = folder.At($"archive{version}");
        Append(version, archive, mails);
        return archive;
    }

    private static void Append(int version, string archive, string[] mails)
    {
        if (version == 1)
        {
            InboxMaker.AppendVersion1(archive, mails);
        }
        else
        {
            InboxMaker.AppendVersion2(Path.Combine(archive, "git/0.git"), mails);
        }
    }

    /// <summary>A commit of version 2 whose mail is not there.</summary>
    private static void Absent(string epoch, string subject, DateTimeOffset date)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"tree=$(printf '100644 blob 1111111111111111111111111111111111111111\\tm\\n' | git mktree --missing) && commit=$(GIT_AUTHOR_DATE='{date.ToUnixTimeSeconds()} +0000' GIT_COMMITTER_DATE='{date.ToUnixTimeSeconds()} +0000' git -c user.name=N -c user.email=n@n commit-tree -p master -m '{subject}' $tree) && git update-ref refs/heads/master $commit");
        var result = TestProgram.Run("sh", epoch, ["-c", script]);
        Assert.True(result.Status == 0, result.Errors);
    }

    private static string[] Ids(string archive, string id)
    {
        using var inbox = PublicInbox.Open(archive)!;
        return [.. inbox.Thread(id, CancellationToken.None).Select(static mail => mail.MessageId!)];
    }
}
