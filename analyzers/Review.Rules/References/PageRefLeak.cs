using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>A reference is taken and not given back, given back too early, twice, or without having been taken.</summary>
public sealed class PageRefLeak : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Leak = Describe("the reference that {0}() takes is not given back on a path of {1}()");
    private static readonly DiagnosticDescriptor UsedAfter = Describe("{0} is used after {1}() has given back the last reference to it");
    private static readonly DiagnosticDescriptor UnlockedAfter = Describe("{2}() unlocks {0} after {1}() has given back the reference that was taken for it");
    private static readonly DiagnosticDescriptor Twice = Describe("{2}() gives back a reference to {0}, and {1}() has given back the last one");
    private static readonly DiagnosticDescriptor NeverTaken = Describe("{2}() gives back a reference to {0} that nobody took: {1} only lends it");
    private static readonly DiagnosticDescriptor Unchecked = Describe("{0}() can fail to take a reference, and nobody looks at its result");

    private static readonly DiagnosticDescriptor OnlyNull = Describe("{0}() gives an error pointer where it fails, and nobody asks whether {1} is one");
    private static readonly DiagnosticDescriptor Handed = Describe("{0}() gives back what the caller finds in {1}: it is put twice, or used when it is gone");
    private static readonly DiagnosticDescriptor InRecord = Describe("{0}() may leave a reference in {1}.{2}, and a path of {3}() ends without a look at it");

    private static readonly DiagnosticDescriptor Over = Describe("a round of the loop puts a page into {0} where the round before has put one: nobody gives that one back");

    private static readonly DiagnosticDescriptor TakenLate = Describe("{0}() takes a reference to {1} only after {2}() has given one back: it may be gone by then");
    private static readonly DiagnosticDescriptor OtherCount = Describe("{0}() does not give back as many references as {1}() has taken, which is the number in {2}");
    private static readonly DiagnosticDescriptor OnList = Describe("a page is put on {0}, and a path of {1}() ends without a look at that list: nobody else knows it");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TakenLate, OtherCount, OnList, OnlyNull, Handed, Over, Leak, UsedAfter, UnlockedAfter, Twice, NeverTaken, Unchecked, InRecord];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var call in UncheckedTries.In(context.Function))
        {
            context.Report(Unchecked, call, call.Name);
        }

        foreach (var (call, pointer) in UncheckedTries.ErrorsIn(context.Function))
        {
            context.Report(OnlyNull, call, call.Name, pointer.Name);
        }

        foreach (var (put, store) in HandedOut.In(context.Function))
        {
            context.Report(Handed, put, [context.Step(store, "hands it to the caller"), context.Step(put, "gives the reference back")], put.Name, context.Unit.Text.Slice(store.Target.Span));
        }

        foreach (var (store, array) in StoredOver.In(context.Function))
        {
            context.Report(Over, store, array.Name);
        }

        foreach (var (put, unlock) in PutBeforeUnlock.In(context.Function, ReferenceFacts.Of(context).Functions))
        {
            context.Report(UnlockedAfter, unlock, [context.Step(put, "gives the reference back"), context.Step(unlock, "the page is still locked")], context.Unit.Text.Slice(unlock.Arguments[0].Span), put.Name, unlock.Name);
        }

        foreach (var (put, get, thing) in PutBeforeGet.In(context.Function, ReferenceFacts.Of(context).Functions))
        {
            context.Report(TakenLate, get, [context.Step(put, "gives a reference back"), context.Step(get, "takes one")], get.Name, thing.Name, put.Name);
        }

        foreach (var (put, taken, count) in ReferenceCounts.In(context.Function))
        {
            context.Report(OtherCount, put, [context.Step(taken, "takes the references"), context.Step(put, "gives back another number")], put.Name, taken.Name, count.Name);
        }

        var lost = new HashSet<Node>();
        ForgottenList.Check(context.Function, (call, list, @return) =>
        {
            if (lost.Add(call))
            {
                context.Report(OnList, call, [context.Step(call, "the page goes on the list"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, "leaves without a look at it")]], list.Name, context.Function.Name);
            }
        });

        foreach (var (record, member, callee) in LeftInRecord.In(context))
        {
            context.Report(InRecord, callee, callee.Name, record.Symbol.Name, member.Name, context.Function.Name);
        }

        foreach (var defect in ReferenceDefects.Of(context))
        {
            var rule = defect.Kind switch
            {
                ReferenceDefectKind.Leak => Leak,
                ReferenceDefectKind.UsedAfter => UsedAfter,
                ReferenceDefectKind.Twice => Twice,
                ReferenceDefectKind.NeverTaken => NeverTaken,
                _ => null,
            };
            if (rule is not null)
            {
                context.Report(rule, defect.At, [.. defect.Trace.Select(step => context.Step(step.At, step.Text))], MissingPut.Of(context, defect), [.. defect.Arguments]);
            }
        }
    });

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create("KMM4002", "page-ref-leak", "References that are taken and given back do not balance", message, RuleCategory.Gup, DiagnosticSeverity.Warning);
}
