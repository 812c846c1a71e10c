using Microsoft.CodeAnalysis;
using Review.Bot.Reviewing;
using Review.Core.Diagnostics;
using Review.Patches.Replies;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.BotHost;

/// <summary>Finds one confirmed defect in every patch whose text says "defect".</summary>
internal sealed class QuickReviewer : ISeriesReviewer
{
    public ReviewedSeries Review(PatchSeries series, MailThread thread, CancellationToken cancellation) => new()
    {
        Base = "a base",
        Kernel = "6.1",
        Tool = "quick 1",
        Footer = new ReplyFooter("quick 1", "a base", "x86_64", $"{series.Total}/{series.Total}", "none"),
        Findings =
        [
            .. series.Patches.Where(static patch => patch.Message.Contains("defect", StringComparison.Ordinal)).Select(static patch => new ReviewedFinding(patch.Number, "Vma", new ReplyRemark(["+\tint a;"], new Finding
            {
                Rule = "quick-rule",
                Id = "KMM0000",
                Severity = DiagnosticSeverity.Warning,
                Message = "something is odd",
                Path = "mm/a.c",
                Line = 1,
                Column = 1,
                EndLine = 1,
                EndColumn = 2,
                Function = "f",
                Fingerprint = patch.Title,
                Witness = new WitnessResult(WitnessStatus.Confirmed, [], "it breaks"),
            }))),
        ],
    };
}

/// <summary>Letters as they are.</summary>
internal sealed class PlainLetters : ILetters
{
    public string Text(string markdown) => markdown;

    public string? Explain(string rule) => rule == "quick-rule" ? "What the rule is about.\n" : null;
}
