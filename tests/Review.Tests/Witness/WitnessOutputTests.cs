using Microsoft.CodeAnalysis;
using Review.Cli.Letters;
using Review.Core.Diagnostics;
using Review.Patches.Replies;

namespace Review.Tests.Witness;

/// <summary>How an interleaving reads where people meet it.</summary>
public sealed class WitnessOutputTests
{
    private static readonly Finding Confirmed = new()
    {
        Rule = "walk-progress",
        Id = "KMM1005",
        Severity = DiagnosticSeverity.Warning,
        Message = "end is given back too early",
        Path = "mm/madvise.c",
        Line = 879,
        Column = 4,
        EndLine = 879,
        EndColumn = 15,
        Function = "madvise_dontneed_free",
        Fingerprint = "0123456789abcdef",
        Witness = new WitnessResult(
            WitnessStatus.Confirmed,
            [
                new WitnessStep(0, "", "", 0, "madvise(A, 2p, DONTNEED)"),
                new WitnessStep(0, "userfaultfd_remove", "mm/madvise.c", 845, "lock dropped"),
                new WitnessStep(1, "", "", 0, "mprotect(A, 1p, Read)"),
                new WitnessStep(0, "do_madvise", "", 0, "returns 0"),
            ],
            "do_madvise() returns 0, and page A+1p keeps its data"),
    };

    [Fact]
    public void What_is_said_again_and_again_is_said_once_with_the_number()
    {
        var look = new WitnessStep(1, "find_vma", "mm/madvise.c", 1, "vma = [A, A+1p)");
        WitnessStep[] steps = [Confirmed.Witness.Steps[0], look, look with { Line = 2 }, look, look, Confirmed.Witness.Steps[1], Confirmed.Witness.Steps[1]];
        Assert.Equal(
            [
                "CPU0                                  CPU1",
                "madvise(A, 2p, DONTNEED)",
                "                                      find_vma(): vma = [A, A+1p)",
                "                                        3 times more",
                "userfaultfd_remove(): lock dropped",
                "userfaultfd_remove(): lock dropped",
            ],
            WitnessTable.Lines(new WitnessResult(WitnessStatus.Confirmed, [.. steps], "")));
    }

    [Fact]
    public void A_mail_shows_it_in_two_columns()
    {
        var letter = ReplyLetter.Write(null, [new ReplyRemark(["+\t\t*pend = end;"], Confirmed)], new ReplyFooter("mmreview 1", "v5.15", "x86_64", "8/8", "mmreview patch series.mbox"));
        var mail = MailTextRenderer.Render(letter);
        Assert.Contains(
            """
            Run on a model of mm, the code as patched does this: do_madvise()
            returns 0, and page A+1p keeps its data.

              CPU0                               CPU1
              madvise(A, 2p, DONTNEED)
              userfaultfd_remove(): lock
                dropped
                                                 mprotect(A, 1p, Read)
              do_madvise(): returns 0
            """,
            mail,
            StringComparison.Ordinal);
        Assert.True(mail.Split('\n').Max(static line => line.Length) <= 76);
    }

    [Fact]
    public void A_mail_shows_how_a_long_run_begins_and_ends()
    {
        var finding = Confirmed with { Witness = Confirmed.Witness with { Steps = [.. Enumerable.Range(0, 500).Select(static i => new WitnessStep(0, "", "", 0, $"step {i}"))] } };
        var lines = MailTextRenderer.Render(ReplyLetter.Write(null, [new ReplyRemark([], finding)], new ReplyFooter("mmreview 1", "v5.15", "x86_64", "8/8", "mmreview patch"))).Split('\n');
        Assert.InRange(lines.Length, 52, 75);
        Assert.Equal([.. Enumerable.Range(0, 39).Select(static i => $"  step {i}"), "  [ ... 449 lines ... ]", .. Enumerable.Range(488, 12).Select(static i => $"  step {i}")], lines.Where(static line => line.StartsWith("  step", StringComparison.Ordinal) || line.Contains("[ ...", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(WitnessStatus.Refuted, "3 situations", "refuted by running it on the model: 3 situations")]
    [InlineData(WitnessStatus.None, "needs the function f()", "not witnessed: needs the function f()")]
    [InlineData(WitnessStatus.None, "", "")]
    public void Words_say_why(WitnessStatus status, string note, string words) =>
        Assert.Equal(words, WitnessWords.Of(new WitnessResult(status, [], null) { Note = note }));

    [Fact]
    public void Words_count_steps_and_threads() =>
        Assert.Equal("confirmed by running it on the model (4 steps, 2 threads): do_madvise() returns 0, and page A+1p keeps its data", WitnessWords.Of(Confirmed.Witness));
}
