using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>
/// A visitor of a VMA walk tells the walker where to go on: through <c>*prev</c>, or in newer kernels by saying that mmap_lock was
/// dropped. After that, or after the VMA was replaced by a merge, the walker must not go on from a pointer from before.
/// </summary>
public sealed class StalePrev : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Stale = Describe("*{0} still names a VMA from before {1}() {2}");
    private static readonly DiagnosticDescriptor NotSet = Describe("{0}() succeeds without setting *{1}, which still names the VMA of the visit before");
    private static readonly DiagnosticDescriptor LeftNull = Describe("{0}() succeeds with *{1} NULL, where {2}() has found nothing to put there: the walker takes it for a dropped lock, or follows it");
    private static readonly DiagnosticDescriptor Forgotten = Describe("{0}() never sets *{1}, as {2}() does: the walker goes on from the VMA of the visit before");
    private static readonly DiagnosticDescriptor NotMarked = Describe("{0}() dropped mmap_lock and {1} is not set: the walker goes on from a VMA that may be gone");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Stale, NotSet, LeftNull, NotMarked, Forgotten];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM1001", "stale-prev", "The walker goes on from a VMA that may be gone", message, RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        var parameters = context.Function.Parameters;
        if (parameters.FirstOrDefault(static parameter => parameter.Type.IsPointerToPointerTo("vm_area_struct")) is { } prev
            && IsVisitor(parameters))
        {
            new Analysis(context, prev, Writes(context.Function, prev)).Run();
        }

        // Who drops the lock and says nothing is reported for that.
        if (ForgottenPrev.In(context) is var (place, sibling) && !MmapLockFacts.Of(context).Functions.EffectsWithin(context.Function).Contains(MmapLockFacts.Drops))
        {
            context.Report(Forgotten, context.Function.NameSpan, context.Function.Name, place.Name, sibling);
        }

        if (LockDropMark.Of(context) is { } mark)
        {
            foreach (var (drop, @return) in mark.FindUnmarked())
            {
                ImmutableArray<TraceStep> trace = [context.Step(drop, $"{mark.NameOf(drop)}() dropped mmap_lock"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, $"returns without setting {mark.Name}")]];
                var isReset = context.Function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Value.Constant == 0 && context.Unit.Text.Slice(assignment.Target.Span) == mark.Name);
                context.Report(NotMarked, drop, trace, isReset ? null : MarkInsertion.At(context.Unit.Text, MmapLockFacts.Of(context).Functions, drop, $"{mark.Name} = true;", $"set {mark.Name}"), mark.NameOf(drop), mark.Name);
            }
        }
    }

    /// <summary>A visitor gets one VMA; a function with two works on the pair of them.</summary>
    private static bool IsVisitor(ImmutableArray<VariableSymbol> parameters) =>
        parameters.Count(static parameter => parameter.Type.IsPointerTo("vm_area_struct")) == 1;

    private static bool Writes(FunctionDefinition function, VariableSymbol prev) =>
        function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment =>
            assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand: var operand } && Names(operand, prev));

    private static bool Names(Expression expression, VariableSymbol variable) => expression.Unwrapped is NameExpression name && name.Symbol == variable;

    /// <summary>A walk ends at the first error, so nobody looks at where to go on then.</summary>
    internal static bool MaySucceed(PathState state)
    {
        var signs = state.FactOf(state.Read(ResultPlace.Instance)).Signs;
        return (signs & Signs.Zero) != Signs.None || signs == Signs.Positive;
    }

    private sealed class Analysis(FunctionAnalysisContext context, VariableSymbol prev, bool isWritten)
        : VmaLifetime(context.Function, MmapLockFacts.Of(context).Functions)
    {
        private readonly PointeePlace place = new(new UnknownValue(new InitialContent(new VariablePlace(prev))));
        private readonly HashSet<Node> reported = [];

        /// <summary>True if nothing is stored into prev after the drop, so that a NULL that is stored there stays.</summary>
        private bool StaysSet(CallExpression drop) =>
            !drop.Ancestors().Any(static around => around is ForStatement or WhileStatement or DoStatement)
            && !Graph.Function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Span.Start > drop.Span.Start
                && assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand: var operand } && Names(operand, prev));

        /// <summary>The call whose result is stored into prev; null if none is.</summary>
        private CallExpression? StoredByCall() => Graph.Function.Body.DescendantsAndSelf<AssignmentExpression>()
            .Where(assignment => assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand: var operand } && Names(operand, prev))
            .Select(static assignment => assignment.Value.Unwrapped).OfType<CallExpression>().FirstOrDefault(static call => call.Function is not null);

        protected override void AtExit(Path<VmaState> path, ReturnStatement? @return)
        {
            if (!MaySucceed(path.State))
            {
                return;
            }

            var content = path.State.Read(place);
            if (DeathOf(path, content) is { } death)
            {
                // Whoever gets prev is to keep it right: the finding is there.
                if (!death.Call.Arguments.Any(argument => Names(argument, prev)) && reported.Add(death.Call))
                {
                    ImmutableArray<TraceStep> trace =
                    [
                        context.Step(death.Call, $"{death.Name}() {death.How}"),
                        .. @return is null ? (TraceStep[])[] : [context.Step(@return, $"returns with *{prev.Name} as it was")],
                    ];
                    var fix = death.Kind == VmaDeath.LockDropped && StaysSet(death.Call) ? MarkInsertion.At(context.Unit.Text, Facts, death.Call, $"*{prev.Name} = NULL;", $"set *{prev.Name} to NULL") : null;
                    context.Report(Stale, death.Call, trace, fix, prev.Name, death.Name, death.How);
                }
            }
            else if (isWritten && @return is not null && content is UnknownValue { Source: InitialContent initial } && initial.Place == place && reported.Add(@return))
            {
                context.Report(NotSet, @return, context.Function.Name, prev.Name);
            }
            else if (content is ConstantValue { Number: 0 } && StoredByCall() is { } call && path.Protocol.Dead.Count == 0 && reported.Add(call))
            {
                ImmutableArray<TraceStep> trace = [context.Step(call, $"{call.Name}() gives NULL"), .. @return is null ? (TraceStep[])[] : [context.Step(@return, $"returns with *{prev.Name} as it is")]];
                context.Report(LeftNull, call, trace, context.Function.Name, prev.Name, call.Name);
            }
        }
    }
}
