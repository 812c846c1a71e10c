using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Bot.Reviewing;
using Review.Core.Diagnostics;
using Review.Patches.Replies;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.BotHost;

/// <summary>Finds in every patch the confirmed defects that its text admits: a line <c>defect RULE FUNCTION</c> each.</summary>
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
            .. from patch in series.Patches
               from line in patch.Message.Split('\n')
               let words = line.Split(' ')
               where words is ["defect", _, _]
               select new ReviewedFinding(patch.Number, "Vma", new ReplyRemark(["+\tint a;"], new Finding
               {
                   Rule = words[1],
                   Id = "KMM0000",
                   Severity = DiagnosticSeverity.Warning,
                   Message = "something is odd",
                   Path = "mm/a.c",
                   Line = 1,
                   Column = 1,
                   EndLine = 1,
                   EndColumn = 2,
                   Function = words[2],
                   Fingerprint = $"{words[1]}:{words[2]}",
                   Witness = new WitnessResult(WitnessStatus.Confirmed, [], "it breaks"),
               })),
        ],
    };
}

/// <summary>Letters as they are.</summary>
internal sealed class PlainLetters : ILetters
{
    public string Text(string markdown) => markdown;

    public string? Explain(string rule) => rule == "stale-prev" ? "What the rule is about.\n" : null;

    public ImmutableArray<string> HeardAs(string rule) => rule == "stale-prev" ? ["prev stale", "prev leav", "prev not set"] : [];
}
