using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>
/// A visitor of a VMA walk tells the walker through <c>*prev</c> where to go on. After mmap_lock was dropped, or the VMA was
/// replaced by a merge, a pointer from before must not stay there.
/// </summary>
public sealed class StalePrev : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Stale = RuleDescriptor.Create(
        "KMM1001", "stale-prev", "The walker goes on from a VMA that may be gone", "*{0} still names a VMA from before {1}() {2}", RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor NotSet = RuleDescriptor.Create(
        "KMM1001", "stale-prev", "The walker goes on from a VMA that may be gone", "{0}() succeeds without setting *{1}, which still names the VMA of the visit before", RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor NotMarked = RuleDescriptor.Create(
        "KMM1001", "stale-prev", "The walker goes on from a VMA that may be gone", "{0}() dropped mmap_lock, and {1} does not say so to the walker", RuleCategory.Vma, DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Stale, NotSet, NotMarked];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static void Analyze(FunctionAnalysisContext context)
    {
        var parameters = context.Function.Parameters;
        if (parameters.FirstOrDefault(static parameter => parameter.Type.IsPointerToPointerTo("vm_area_struct")) is { } prev
            && IsVisitor(parameters)
            && Writes(context.Function, prev))
        {
            new Analysis(context, prev).Run();
        }
        else if (MmapLockFacts.Of(context) is { DroppedFlag: { } flag } facts
            && parameters.FirstOrDefault(parameter => parameter.Type.IsPointerTo(flag.Record)) is { } walk
            && context.Function.Symbol.Signature?.Result.Canonical is IntegerType
            && facts.IsVisitor(context.Function)
            && facts.MayKill(context.Function))
        {
            new FlagAnalysis(context, walk, flag).Run();
        }
    }

    /// <summary>A visitor gets one VMA and a range of addresses in it.</summary>
    private static bool IsVisitor(ImmutableArray<VariableSymbol> parameters) =>
        parameters.Count(static parameter => parameter.Type.IsPointerTo("vm_area_struct")) == 1
        && parameters.Count(static parameter => parameter.Type.Canonical is IntegerType { IsSigned: false, Size: 8 }) >= 2;

    private static bool Writes(FunctionDefinition function, VariableSymbol prev) =>
        function.Body.DescendantsAndSelf().OfType<AssignmentExpression>().Any(assignment =>
            assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand: NameExpression name } && name.Symbol == prev);

    private sealed class Analysis(FunctionAnalysisContext context, VariableSymbol prev)
        : VmaLifetime(ControlFlowGraph.Create(context.Function), MmapLockFacts.Of(context).Functions)
    {
        private readonly PointeePlace place = new(new UnknownValue(new InitialContent(new VariablePlace(prev))));
        private readonly HashSet<Node> reported = [];

        protected override void AtExit(Path<VmaState> path, ReturnStatement? @return)
        {
            if (!MaySucceed(path.State))
            {
                return;
            }

            var content = path.State.Read(place);
            if (DeathOf(path, content) is { } death)
            {
                if (reported.Add(death.Call))
                {
                    var how = death.Kind == VmaDeath.LockDropped ? "dropped mmap_lock" : "replaced the VMA";
                    ImmutableArray<TraceStep> trace =
                    [
                        context.Step(death.Call, $"{death.Name}() {how}"),
                        .. @return is null ? (TraceStep[])[] : [context.Step(@return, $"returns with *{prev.Name} as it was")],
                    ];
                    context.Report(Stale, death.Call, trace, prev.Name, death.Name, how);
                }
            }
            else if (@return is not null && content is UnknownValue { Source: InitialContent initial } && initial.Place == place && reported.Add(@return))
            {
                context.Report(NotSet, @return, context.Function.Name, prev.Name);
            }
        }

    }

    /// <summary>A walk ends at the first error, so nobody looks at what the visitor left then.</summary>
    private static bool MaySucceed(PathState state)
    {
        var signs = state.FactOf(state.Read(ResultPlace.Instance)).Signs;
        return (signs & Signs.Zero) != Signs.None || signs == Signs.Positive;
    }

    /// <summary>The newer dialect: a member of the walk's state says whether the lock was dropped.</summary>
    private sealed class FlagAnalysis(FunctionAnalysisContext context, VariableSymbol walk, FieldSymbol flag)
        : VmaLifetime(ControlFlowGraph.Create(context.Function), MmapLockFacts.Of(context).Functions)
    {
        private readonly FieldPlace place = new(new PointeePlace(new UnknownValue(new InitialContent(new VariablePlace(walk)))), flag);
        private readonly HashSet<Node> reported = [];

        protected override void AtExit(Path<VmaState> path, ReturnStatement? @return)
        {
            if (path.Protocol.Drop is { } drop && MaySucceed(path.State) && path.State.Read(place) is not ConstantValue { Number: not 0 } && reported.Add(drop))
            {
                ImmutableArray<TraceStep> trace = @return is null ? [] : [context.Step(drop, "drops mmap_lock"), context.Step(@return, $"returns without {flag.Name}")];
                context.Report(NotMarked, drop, trace, drop.Function?.Name, $"{walk.Name}->{flag.Name}");
            }
        }
    }
}
