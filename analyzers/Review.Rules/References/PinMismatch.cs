using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>A page that was pinned is given back as a plain reference, or the other way round.</summary>
public sealed class PinMismatch : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor PinnedPut = Describe("{2}() gives {0} back as a plain reference, but {1}() has pinned it");
    private static readonly DiagnosticDescriptor PlainUnpinned = Describe("{2}() unpins {0}, but {1}() has only taken a plain reference");
    private static readonly DiagnosticDescriptor ArrayPinnedPut = Describe("{0}() gives pages of {1} back as plain references, but {2}() treats them as pinned");
    private static readonly DiagnosticDescriptor ArrayPlainUnpinned = Describe("{0}() unpins pages of {1}, but {2}() has only taken plain references");

    private static readonly DiagnosticDescriptor OtherBranch = Describe("{0}() gives pages back as {1} where FOLL_PIN is {2}");

    private static readonly DiagnosticDescriptor MayBePinned = Describe("{0}() gives a plain reference back, and nobody has asked the flags whether {1}() has pinned the page");

    private static readonly DiagnosticDescriptor Unread = Describe("{0}() gives a plain reference back, and nobody looks at {1}, which says whether the pages are pinned");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unread, PinnedPut, MayBePinned, PlainUnpinned, ArrayPinnedPut, ArrayPlainUnpinned, OtherBranch];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        var known = new HashSet<Node>();
        foreach (var defect in ReferenceDefects.Of(context))
        {
            if (defect.Kind is ReferenceDefectKind.PinnedPut or ReferenceDefectKind.PlainUnpinned)
            {
                _ = known.Add(defect.At);
                context.Report(
                    defect.Kind == ReferenceDefectKind.PinnedPut ? PinnedPut : PlainUnpinned, defect.At, [.. defect.Trace.Select(step => context.Step(step.At, step.Text))], [.. defect.Arguments]);
            }
        }

        foreach (var (call, branch) in ReleaseByFlag.In(context.Function).Where(found => !known.Contains(found.Call)))
        {
            var isUnpin = call.Function!.Name.StartsWith("unpin", StringComparison.Ordinal);
            context.Report(OtherBranch, call, [context.Step(branch.Condition, "asks for FOLL_PIN"), context.Step(call, "gives back the other kind")], call.Name, isUnpin ? "pinned ones" : "plain references", isUnpin ? "clear" : "set");
        }

        foreach (var (put, taken) in ReleaseByFlag.UnaskedIn(context.Function, ReferenceFacts.Of(context).Functions).Where(found => known.Add(found.Put)))
        {
            context.Report(MayBePinned, put, [context.Step(taken, "pins the page if the flags say so"), context.Step(put, "gives a plain reference back")], put.Name, taken.Name);
        }

        foreach (var (put, word) in ReleaseByFlag.UnreadIn(context.Function).Where(found => known.Add(found.Put)))
        {
            context.Report(Unread, put, put.Name, word.Name);
        }

        foreach (var (at, array, other, isPinned) in PageArrays.In(context.Function))
        {
            context.Report(
                isPinned ? ArrayPinnedPut : ArrayPlainUnpinned, at, [context.Step(other, isPinned ? "the pages are pinned ones" : "the pages are plain ones"), context.Step(at, "gives them back as the other kind")],
                at.Name, array.Name, other.Name);
        }
    });

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create("KMM4001", "pin-mismatch", "Pins and plain references are mixed up", message, RuleCategory.Gup, DiagnosticSeverity.Warning);
}
