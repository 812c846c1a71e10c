using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>A path leaves mmap_lock in another state than its siblings or its callers expect, or a step is taken that the state of the lock forbids.</summary>
public sealed class MmapLockImbalance : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Dropped = Describe("{0}() returns without mmap_lock, which {1}() dropped, where other paths return with it: the caller cannot tell which");
    private static readonly DiagnosticDescriptor Kept = Describe("{0}() returns with mmap_lock, which {1}() took and other paths release");
    private static readonly DiagnosticDescriptor KeptForNobody = Describe("{0}() never releases mmap_lock, which {1}() takes, and neither does anybody who calls it");
    private static readonly DiagnosticDescriptor NotTaken = Describe("{0}() releases mmap_lock on a path that has not taken it, as other paths of {1}() do");
    private static readonly DiagnosticDescriptor Twice = Describe("{0}() releases mmap_lock, which {1}() released before");
    private static readonly DiagnosticDescriptor Never = Describe("{0}() releases mmap_lock, which {1}() has not taken");
    private static readonly DiagnosticDescriptor WrongMode = Describe("{0}() releases mmap_lock, which {1}() took in the other mode");
    private static readonly DiagnosticDescriptor OtherMode = Describe("{0}() returns with mmap_lock as {1}() took it, where other paths return with it in the mode of the caller, who releases it in one mode only");
    private static readonly DiagnosticDescriptor Again = Describe("{0}() takes mmap_lock, which {1}() took before");
    private static readonly DiagnosticDescriptor Without = Describe("{0}() needs mmap_lock, which {1}() dropped");
    private static readonly DiagnosticDescriptor WithoutAny = Describe("{0}() needs mmap_lock, which {1}() has not taken");
    private static readonly DiagnosticDescriptor ReadOnly = Describe("{0} changes a VMA, and {1}() took mmap_lock for reading only");
    private static readonly DiagnosticDescriptor Foreign = Describe("{0}() releases mmap_lock by {1}(), and nothing in it has taken the lock");
    private static readonly DiagnosticDescriptor ModeOfHandler = Describe("for {0} the lock is taken for {1}, and {2}() releases it in the other mode");
    private static readonly DiagnosticDescriptor HandlerChanges = Describe("for {0} the lock is taken for {1}, and {2}() changes VMAs");
    private static readonly DiagnosticDescriptor VmaKept = Describe("{0}() locks a VMA, and a path of {1}() leaves without vma_end_read()");
    private static readonly DiagnosticDescriptor Ignored = Describe("the result of {0}() is thrown away: nobody knows whether mmap_lock was taken");

    private static readonly DiagnosticDescriptor Untold = Describe("{0}() drops mmap_lock and takes it again by {1}(), and does not say so to its caller, as another path does: what was found before may be gone");
    private static readonly DiagnosticDescriptor NoDifference = Describe("{0}() is called whatever {1} says: the lock is taken in one mode on both ways");

    private static readonly DiagnosticDescriptor Unasked = Describe("{0} notes that mmap_lock was dropped, and nobody asks it: the caller goes on with what it knew before");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [Unasked, NoDifference, Untold, Dropped, Kept, KeptForNobody, NotTaken, Twice, Never, WrongMode, OtherMode, Again, Without, WithoutAny, ReadOnly, Foreign, ModeOfHandler, HandlerChanges, VmaKept, Ignored];

    public override void Initialize(KernelAnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RegisterFunctionAction(Analyze);
        context.RegisterTranslationUnitAction(AnalyzeModes);
    }

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM1003", "mmap-lock-imbalance", "mmap_lock is held or released where it must not be", message, RuleCategory.Locking, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        foreach (var (since, @return) in VmaLockPaths.KeptIn(context))
        {
            ImmutableArray<TraceStep> trace = [context.Step(since, "locks a VMA"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, "leaves with the lock")]];
            context.Report(VmaKept, since, trace, LockState.NameOf(since), context.Function.Name);
        }

        foreach (var (note, variable) in UnaskedDrop.In(context.Function))
        {
            context.Report(Unasked, note, variable.Name);
        }

        var contracts = LockContracts.Of(context);
        if (contracts.Of(context.Function) is not { } balance)
        {
            return;
        }

        // Several steps can go wrong for one reason, which may lie in a function that is called.
        var defects = balance.Defects.Where(defect => !(defect.State.Since is { } since ? contracts.IsInTrouble(since) : defect.At is CallExpression needy && contracts.IsInTrouble(needy))).DistinctBy(static defect => (defect.Kind, defect.State.Since)).ToList();
        foreach (var defect in defects)
        {
            Report(context, defect);
        }

        foreach (var conflict in contracts.ConflictsOf(context.Function).Where(conflict => !IsHalfOfSequence(context) &&  !defects.Exists(defect => defect.At == conflict.Exit.State.First || defect.At == conflict.Exit.State.Since)))
        {
            Report(context, conflict, balance);
        }

        if (contracts.KeptForNobody(context.Function) is { State.First: { } taken } kept)
        {
            ImmutableArray<TraceStep> trace = [context.Step(taken, Story(context, kept.State with { Since = taken })), .. kept.Return is null ? (TraceStep[])[] : [context.Step(kept.Return, "returns with it")]];
            context.Report(KeptForNobody, taken, trace, context.Function.Name, LockState.NameOf(taken));
        }

        if (defects.Count == 0 && ForeignLock.Find(context.Function, balance.Exits) is { } release)
        {
            context.Report(Foreign, release, [context.Step(release, "gives back a lock that was never taken")], context.Function.Name, LockState.NameOf(release));
        }

        foreach (var (branch, take) in defects.Count > 0 ? [] : LockModeIgnored.In(context.Function))
        {
            context.Report(NoDifference, take, LockState.NameOf(take), context.Unit.Text.Slice(branch.Condition.Span));
        }

        ReportIgnored(context);
    }

    /// <summary>True for a member of a table of seq_file operations: what <c>start</c> takes, <c>stop</c> gives back, and what was taken is noted between them.</summary>
    private static bool IsHalfOfSequence(FunctionAnalysisContext context) =>
        context.Unit.Globals.Select(static global => global.Initializer).OfType<InitializerList>().SelectMany(static list => list.Elements)
            .Any(element => element.Designators is [{ Field: { Record: "seq_operations", Name: "start" or "stop" } }]
                && element.Value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol.Name == context.Function.Name));

    private static void AnalyzeModes(TranslationUnitAnalysisContext context)
    {
        foreach (var (release, take, owner, name) in LockModeName.MismatchesIn(context.Unit, MmapLockModeFacts.Of(context).Functions))
        {
            context.Report(WrongMode, release, [context.Step(take, $"{name}: the lock is taken"), context.Step(release, $"{name}: {owner.Name}() gives it back")], LockState.NameOf(release), LockState.NameOf(take));
        }

        // Of a value the first handler will do, and values with one handler are one mistake.
        foreach (var group in LockModeMismatch.Find(context.Unit, MmapLockModeFacts.Of(context), MmapLockNeeds.Of(context)).DistinctBy(static mismatch => (mismatch.Answer, mismatch.Value))
            .GroupBy(static mismatch => (mismatch.Answer, mismatch.ChangesVmas, LockState.NameOf(mismatch.Handler))))
        {
            var mismatch = group.First();
            var values = NamesOf([.. group.Select(static one => one.Value)]);
            var mode = mismatch.Mode == Hold.Reading ? "reading" : "writing";
            ImmutableArray<TraceStep> trace = [context.Step(mismatch.Answer, $"{values}: the lock is taken for {mode}"), context.Step(mismatch.Handler, $"{LockState.NameOf(mismatch.Handler)}() handles {mismatch.Value}")];
            context.Report(mismatch.ChangesVmas ? HandlerChanges : ModeOfHandler, mismatch.Answer, trace, values, mode, LockState.NameOf(mismatch.Handler));
        }
    }

    private static string NamesOf(ImmutableArray<string> values) => values switch
    {
        [var only] => only,
        [var one, var other] => $"{one} and {other}",
        _ => $"{values[0]} and {values.Length - 1} others",
    };

    private static void Report(FunctionAnalysisContext context, LockDefect defect)
    {
        var name = defect.At is CallExpression call ? LockState.NameOf(call) : context.Unit.Text.Slice(defect.At.Span);
        var since = defect.State.Since;
        var wasHeld = since is not null && (defect.State.Now != Hold.Not || IsRelease(context, since));
        var rule = defect.Kind switch
        {
            LockDefectKind.ReleasedTwice => wasHeld ? Twice : Never,
            LockDefectKind.WrongMode => WrongMode,
            LockDefectKind.TakenTwice => Again,
            LockDefectKind.ChangedUnderReadLock => ReadOnly,
            _ => wasHeld ? Without : WithoutAny,
        };
        ImmutableArray<TraceStep> trace = since is null
            ? [context.Step(defect.At, "comes here without mmap_lock")]
            : [context.Step(since, Story(context, defect.State)), context.Step(defect.At, "goes on as if it were otherwise")];
        context.Report(rule, defect.At, trace, name, wasHeld ? defect.State.SinceName : context.Function.Name);
    }

    private static bool IsRelease(FunctionAnalysisContext context, CallExpression call) =>
        call.Function is { } function && MmapLockFacts.Of(context).Functions.OutcomesOf(function.Name).Any(static outcome => outcome.Has(MmapLockFacts.Drops));

    private static void Report(FunctionAnalysisContext context, LockConflict conflict, LockBalance balance)
    {
        var (exit, isStranger) = (conflict.Exit, conflict.Kind == LockConflictKind.NotTaken);
        var at = (isStranger ? exit.State.First : exit.State.Since)!;
        var trace = ImmutableArray.CreateBuilder<TraceStep>();
        trace.Add(context.Step(at, isStranger ? $"{LockState.NameOf(at)}() drops mmap_lock, which the function has not taken" : Story(context, exit.State)));
        if (!isStranger && exit.Return is { } @return)
        {
            trace.Add(context.Step(@return, "returns like that"));
        }

        if (isStranger)
        {
            trace.Add(context.Step(conflict.Other.State.First!, "another path takes the lock itself"));
        }
        else if (conflict.Other.Return is { } other)
        {
            trace.Add(context.Step(other, conflict.Kind switch { LockConflictKind.Dropped => "another path returns with the lock", LockConflictKind.OtherMode => "another path returns with the lock as it came", LockConflictKind.Untold => "another path says that the lock was dropped", _ => "another path returns without the lock" }));
        }

        var (rule, first, second) = conflict.Kind switch
        {
            LockConflictKind.Dropped => (Dropped, context.Function.Name, LockState.NameOf(at)),
            LockConflictKind.Kept => (Kept, context.Function.Name, LockState.NameOf(at)),
            LockConflictKind.OtherMode => (OtherMode, context.Function.Name, LockState.NameOf(at)),
            LockConflictKind.Untold => (Untold, context.Function.Name, LockState.NameOf(at)),
            _ => (NotTaken, LockState.NameOf(at), context.Function.Name),
        };
        context.Report(rule, at, trace.ToImmutable(), conflict.Kind == LockConflictKind.Kept ? Cure(context, at, balance.Exits) : null, first, second);
    }

    /// <summary>The release before each return that leaves with what a call took, if every path to it does.</summary>
    private static Fix? Cure(FunctionAnalysisContext context, CallExpression take, IReadOnlyList<LockExit> exits)
    {
        if (take is not { Function.Name: var name, Arguments: [var mm] } || take.Origin.Kind != OriginKind.Spelled || (!name.StartsWith("mmap_read_", StringComparison.Ordinal) && !name.StartsWith("mmap_write_", StringComparison.Ordinal)))
        {
            return null;
        }

        var kept = exits.Where(exit => exit.State.Since == take && LockState.IsHeld(exit.State.Now)).Select(static exit => exit.Return).ToList();
        var release = $"{(name.StartsWith("mmap_read_", StringComparison.Ordinal) ? "mmap_read_unlock" : "mmap_write_unlock")}({context.Unit.Text.Slice(mm.Span)})";
        return kept.TrueForAll(@return => @return is not null && exits.Where(exit => exit.Return == @return).All(exit => exit.State.Since == take && LockState.IsHeld(exit.State.Now)))
            ? StatementInsertion.Before(context.Unit.Text, kept.Distinct().Select(static @return => @return!), release + ";", $"call {release} before the function is left") : null;
    }

    private static string Story(FunctionAnalysisContext context, LockState state) => state.Now switch
    {
        Hold.Not when IsRelease(context, state.Since!) => $"{state.SinceName}() drops mmap_lock",
        Hold.Not => $"{state.SinceName}() fails to take mmap_lock",
        Hold.Reading => $"{state.SinceName}() takes mmap_lock for reading",
        Hold.Writing => $"{state.SinceName}() takes mmap_lock for writing",
        _ => $"{state.SinceName}() takes mmap_lock",
    };

    /// <summary>A lock that may not be taken, and nobody looks.</summary>
    private static void ReportIgnored(FunctionAnalysisContext context)
    {
        foreach (var call in context.Function.Body.DescendantsAndSelf<CallExpression>())
        {
            if (call.Type.Canonical is not VoidType && IsThrownAway(call) && MmapLockModeFacts.EffectsOf(call).Any(static effect => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting))
            {
                context.Report(Ignored, call, call.Name);
            }
        }
    }

    private static bool IsThrownAway(Expression expression) => expression.Parent switch
    {
        ExpressionStatement { Parent: StatementExpression whole } statement when whole.Value == expression => IsThrownAway(whole),
        ExpressionStatement => true,
        CastExpression { Type.Canonical: VoidType } => true,
        _ => false,
    };
}
