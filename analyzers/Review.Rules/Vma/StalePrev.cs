using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
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

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Stale, NotSet];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static void Analyze(FunctionAnalysisContext context)
    {
        var parameters = context.Function.Parameters;
        if (parameters.FirstOrDefault(static parameter => parameter.Type.IsPointerToPointerTo("vm_area_struct")) is { } prev
            && parameters.Any(static parameter => parameter.Type.IsPointerTo("vm_area_struct"))
            && Writes(context.Function, prev))
        {
            new Analysis(context, prev).Run();
        }
    }

    private static bool Writes(FunctionDefinition function, VariableSymbol prev) =>
        function.Body.DescendantsAndSelf().OfType<AssignmentExpression>().Any(assignment =>
            assignment.Target is UnaryExpression { Operator: UnaryOperator.Dereference, Operand: NameExpression name } && name.Symbol == prev);

    private sealed class Analysis(FunctionAnalysisContext context, VariableSymbol prev)
        : VmaLifetime(context.Function, MmapLockFacts.Of(context).Functions)
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
                    ImmutableArray<TraceStep> trace =
                    [
                        context.Step(death.Call, $"{death.Name}() {death.How}"),
                        .. @return is null ? (TraceStep[])[] : [context.Step(@return, $"returns with *{prev.Name} as it was")],
                    ];
                    context.Report(Stale, death.Call, trace, prev.Name, death.Name, death.How);
                }
            }
            else if (@return is not null && content is UnknownValue { Source: InitialContent initial } && initial.Place == place && reported.Add(@return))
            {
                context.Report(NotSet, @return, context.Function.Name, prev.Name);
            }
        }

        /// <summary>A walk ends at the first error, so nobody looks at <c>*prev</c> then.</summary>
        private static bool MaySucceed(PathState state)
        {
            var signs = state.FactOf(state.Read(ResultPlace.Instance)).Signs;
            return (signs & Signs.Zero) != Signs.None || signs == Signs.Positive;
        }
    }
}
