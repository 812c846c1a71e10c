using System.Text;
using Review.Patches.Mail;
using Review.Tests.Archives;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary>A rule over many commits, and every series of an archive, on a small tree of our own.</summary>
public sealed class HistoryTests : IDisposable
{
    private const string Right = "mmu_notifier_range_init(&range, 0, 0, 0, 0, start, start + 1);";
    private const string Wrong = "range.start = start;";

    private readonly MiniKernel kernel = new();
    private readonly List<string> commits = [];

    public HistoryTests()
    {
        foreach (var statement in (string[])[Right, Right, Wrong, Wrong, Wrong, Right, Right])
        {
            Commit(statement);
        }
    }

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void It_says_where_a_rule_fires_and_between_which_revisions_that_changes()
    {
        var text = History([], commits[0], commits[3], commits[6]);
        Assert.Contains($"{commits[0]}  . silent\n{commits[3]}  # 1 finding: zap()\n{commits[6]}  . silent\n", text, StringComparison.Ordinal);
        Assert.Contains($"starts behind {commits[0]}, at the latest with {commits[3]}", text, StringComparison.Ordinal);
        Assert.Contains($"stops behind {commits[3]}, at the latest with {commits[6]}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Bisection_finds_the_commits_however_few_were_looked_at(int samples)
    {
        var text = History(["--bisect", "--samples", $"{samples}"], $"{commits[0]}..{commits[3]}", commits[6]);
        Assert.Contains($"starts with {commits[2][..12]} state", text, StringComparison.Ordinal);
        Assert.Contains($"stops with {commits[5][..12]} state", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_analysed_is_neither_silent_nor_a_turn()
    {
        kernel.Write("mm/madvise.c", "void (\n");
        var broken = TestProgram.Commit(kernel.Tree).Trim();
        var text = History([], commits[6], broken);
        Assert.Contains($"{broken}  ? not analysed: ", text, StringComparison.Ordinal);
        Assert.Contains("does not turn over", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_function_is_another_matter()
    {
        Assert.Contains("does not turn over", History(["--function", "other"], commits[0], commits[3]), StringComparison.Ordinal);
        Assert.Contains("\"state\": \"fires\"", History(["--function", "zap", "--format", "json"], commits[3]), StringComparison.Ordinal);
        Assert.Equal(2, kernel.Run(["history", "--kernel", kernel.Tree, "--rule", "notifier-range-uninit", "no-such-revision"]).Status);
    }

    [Fact]
    public void A_replay_keeps_the_verdicts_of_people_and_reviews_nothing_twice()
    {
        var mails = MailContainer.Split(Encoding.UTF8.GetBytes(TestProgram.Git(
            kernel.Tree, "format-patch", "--stdout", "--to=list@example.org", "--thread", $"--base={commits[1]}", $"{commits[1]}..{commits[2]}") + "\n"));
        InboxMaker.AppendVersion2(kernel.Beside("inbox/git/0.git"), mails.Select(static mail => Encoding.UTF8.GetString(mail)));
        var first = Replay();
        Assert.Contains("1 reviewed; 1 finding: 0 true, 0 false, 1 unread", first.Output, StringComparison.Ordinal);
        var ledger = kernel.Beside("replay/ledger.tsv");
        var lines = File.ReadAllLines(ledger);
        Assert.Contains("\tnotifier-range-uninit\t", Assert.Single(lines[1..]), StringComparison.Ordinal);
        File.WriteAllText(ledger, $"{lines[0]}\ntrue\tread it{lines[1][1..]}\n");
        var second = Replay();
        Assert.Contains("1 finding: 1 true, 0 false, 0 unread", second.Output, StringComparison.Ordinal);
        Assert.Equal($"true\tread it{lines[1][1..]}", File.ReadAllLines(ledger)[1]);
        Assert.Contains("no series", kernel.Run(["replay", "--inbox", kernel.Beside("inbox"), "--kernel", kernel.Tree, "--state", kernel.Beside("later"), "--since", "2099-01-01"]).Output, StringComparison.Ordinal);
    }

    private ProgramResult Replay()
    {
        var result = kernel.Run(["replay", "--inbox", kernel.Beside("inbox"), "--kernel", kernel.Tree, "--state", kernel.Beside("replay")]);
        Assert.True(result.Status == 0, result.Errors);
        return result;
    }

    private string History(string[] options, params string[] revisions)
    {
        var result = kernel.Run(["history", "--kernel", kernel.Tree, "--rule", "notifier-range-uninit", .. options, .. revisions]);
        Assert.True(result.Status == 0, result.Errors);
        return result.Output;
    }

    private void Commit(string statement)
    {
        kernel.Write("mm/madvise.c", $$"""
            #include "internal.h"

            /* {{commits.Count}} */
            void zap(unsigned long start)
            {
            	struct mmu_notifier_range range;

            	{{statement}}
            	mmu_notifier_invalidate_range_start(&range);
            	mmu_notifier_invalidate_range_end(&range);
            }

            """);
        commits.Add(TestProgram.Commit(kernel.Tree).Trim());
    }
}
