using System.Collections.Immutable;
using System.Text;
using Review.Cli.Cache;
using Review.Cli.Editor;
using Review.Lsp.Reviewing;
using Review.Tests.Checking;
using Review.Tests.Cli;

namespace Review.Tests.Editors;

/// <summary>Files of a kernel tree as editors show them: the same findings as a check has, and which of them are shown.</summary>
public sealed class EditorReviewerTests : IDisposable
{
    private const string Bad = """

        void more(unsigned long start)
        {
        	struct mmu_notifier_range range;

        	range.start = start;
        	mmu_notifier_invalidate_range_start(&range);
        	mmu_notifier_invalidate_range_end(&range);
        }

        """;

    private static readonly ReviewSettings All = ReviewSettings.Default with { Show = ShownFindings.All };

    private readonly MiniKernel kernel = new();
    private readonly CacheDirectory cache;
    private readonly EditorReviewer reviewer;

    public EditorReviewerTests()
    {
        cache = CacheDirectory.Open(kernel.Beside("editor-cache"));
        reviewer = new EditorReviewer(cache);
    }

    private string OnDisk => File.ReadAllText(kernel.At("mm/madvise.c"));

    [Fact]
    public void It_says_what_a_check_says()
    {
        var review = Review(OnDisk, All);
        Assert.True(review.IsComplete);
        Assert.Equal(kernel.Json("mm/madvise.c")["findings"]!.AsArray().Select(static finding => finding!["fingerprint"]!.GetValue<string>()), review.Findings.Select(static finding => finding.Fingerprint));
        Assert.NotEmpty(review.Findings);
    }

    [Fact]
    public void Under_git_what_the_edit_introduced_is_shown()
    {
        _ = TestProgram.Commit(kernel.Tree);
        Assert.Empty(Review(OnDisk).Findings);
        Assert.Equal(["more"], Review(OnDisk + Bad).Findings.Select(static finding => finding.Function));
        Assert.Equal(["zap", "more"], Review(OnDisk + Bad, All).Findings.Select(static finding => finding.Function));

        // What has moved is what it was; what is committed is no longer new.
        Assert.Empty(Review("\n\n/* moved */\n" + OnDisk).Findings);
        kernel.Write("mm/madvise.c", OnDisk + Bad);
        _ = TestProgram.Commit(kernel.Tree);
        Assert.Empty(Review(OnDisk).Findings);
        Assert.Equal(["more"], Review(OnDisk, ReviewSettings.Default with { Base = "HEAD~1" }).Findings.Select(static finding => finding.Function));
    }

    [Fact]
    public void A_branch_is_compared_with_where_it_began()
    {
        _ = TestProgram.Commit(kernel.Tree);
        _ = TestProgram.Git(kernel.Tree, "checkout", "--quiet", "-b", "topic");
        kernel.Write("mm/madvise.c", OnDisk + Bad);
        _ = TestProgram.Commit(kernel.Tree);
        _ = TestProgram.Git(kernel.Tree, "checkout", "--quiet", "main");
        kernel.Write("mm/madvise.c", "int nothing;\n");
        _ = TestProgram.Commit(kernel.Tree);
        _ = TestProgram.Git(kernel.Tree, "checkout", "--quiet", "topic");
        Assert.Equal(["more"], Review(OnDisk, ReviewSettings.Default with { Base = "main" }).Findings.Select(static finding => finding.Function));
        Assert.Contains("nonesuch", Review(OnDisk, ReviewSettings.Default with { Base = "nonesuch" }).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_git_all_is_shown_and_changed_is_an_answer_of_its_own()
    {
        Assert.Equal(["zap"], Review(OnDisk).Findings.Select(static finding => finding.Function));
        var review = Review(OnDisk, ReviewSettings.Default with { Show = ShownFindings.Changed });
        Assert.Contains("git", review.Refusal, StringComparison.Ordinal);
        Assert.Single(review.Gaps);
    }

    [Theory]
    [InlineData("range.start = start;", "range.start = start + 1;")]
    [InlineData("range.start = start;", "")]
    [InlineData("range.start = start;", "range.start = ;")]
    [InlineData("range.start = start;", "range.start = start;\n\tif (start)\n\t\treturn;")]
    [InlineData("mmu_notifier_invalidate_range_end(&range);", "")]
    public void What_is_shown_first_is_what_is_said_in_the_end(string from, string to)
    {
        var before = OnDisk + Bad;
        var at = before.LastIndexOf(from, StringComparison.Ordinal);
        var after = string.Concat(before.AsSpan(0, at), to, before.AsSpan(at + from.Length));
        _ = Review(before, All);
        var first = Review(after, All, ReviewPass.Changed);
        Assert.False(first.IsComplete);
        var complete = Review(after, All);
        Assert.True(complete.IsComplete);
        Assert.Equal(complete.Findings, first.Findings, static (one, other) => (one!.Fingerprint, one.Line, one.Column, one.EndLine, one.Message) == (other!.Fingerprint, other.Line, other.Column, other.EndLine, other.Message));
        Assert.Equal(complete.Gaps.AsEnumerable(), first.Gaps);
    }

    [Fact]
    public void An_edit_that_may_mean_something_for_all_of_the_file_is_reviewed_as_a_whole_at_once()
    {
        _ = Review(OnDisk + Bad, All);
        Assert.True(Review("#define zap zip\n" + OnDisk + Bad, All, ReviewPass.Changed).IsComplete);
    }

    [Fact]
    public void Headers_count_as_their_editors_show_them()
    {
        Assert.Empty(Review(OnDisk, All).Gaps);
        var open = ImmutableDictionary<string, byte[]>.Empty.Add(kernel.At("mm/internal.h"), "struct other;\n"u8.ToArray());
        Assert.NotEmpty(reviewer.Review(new ReviewRequest(kernel.At("mm/madvise.c"), Encoding.UTF8.GetBytes(OnDisk), open, All), ReviewPass.Complete, static _ => { }, default).Gaps);
    }

    [Fact]
    public void What_is_not_reviewed_says_why()
    {
        Assert.Contains("no kernel tree", At(kernel.Beside("other.c")).Refusal, StringComparison.Ordinal);
        Assert.Contains("headers", At(kernel.At("mm/internal.h")).Refusal, StringComparison.Ordinal);
        Assert.Single(At(kernel.At("mm/seldom.c")).Gaps);
        Assert.Single(At(kernel.At("mm/madvise.c"), All with { Architecture = "vax" }).Gaps);
        Assert.Single(At(kernel.At("mm/madvise.c"), All with { Rules = "no-such-rule" }).Gaps);

        FileReview At(string file, ReviewSettings? settings = null) => reviewer.Review(new ReviewRequest(file, "int x;\n"u8.ToArray(), ImmutableDictionary<string, byte[]>.Empty, settings ?? All), ReviewPass.Complete, static _ => { }, default);
    }

    [Fact]
    public void Nothing_is_written_to_the_tree()
    {
        _ = TestProgram.Commit(kernel.Tree);
        var before = Look();
        _ = Review(OnDisk + Bad);
        _ = Review(OnDisk, All, ReviewPass.Changed);
        reviewer.FilesChanged();
        Assert.Equal(before, Look());

        string[] Look() => [.. Directory.EnumerateFiles(kernel.Tree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static file => $"{file} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")];
    }

    public void Dispose()
    {
        reviewer.Dispose();
        cache.Dispose();
        kernel.Dispose();
    }

    private FileReview Review(string text, ReviewSettings? settings = null, ReviewPass pass = ReviewPass.Complete) => reviewer.Review(
        new ReviewRequest(kernel.At("mm/madvise.c"), Encoding.UTF8.GetBytes(text), ImmutableDictionary<string, byte[]>.Empty, settings ?? ReviewSettings.Default), pass, static _ => { }, default);
}
