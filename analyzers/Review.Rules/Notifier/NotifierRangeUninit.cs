using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Flow.Typestate;

namespace Review.Rules.Notifier;

/// <summary>An mmu_notifier range is used before mmu_notifier_range_init() has filled it in.</summary>
public sealed class NotifierRangeUninit : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Call = Describe("{0}() gets {1} before mmu_notifier_range_init() has filled it in");
    private static readonly DiagnosticDescriptor Read = Describe("{0} is read before mmu_notifier_range_init() or an assignment has filled it in");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Call, Read];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        if (TypestateAnalysis.Concerns(context.Function, NotifierFacts.Record))
        {
            new Analysis(context).Run();
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM2001", "notifier-range-uninit", "An mmu_notifier range is used before it is initialized", message, RuleCategory.Notifier, DiagnosticSeverity.Error);

    private sealed class Analysis(FunctionAnalysisContext context) : NotifierRangeState(ControlFlowGraph.Create(context.Function), NotifierFacts.Of(context))
    {
        private readonly HashSet<Node> reported = [];

        protected override void Check(Path<EquatableMap<VariableSymbol, ObjectState>> path, VariableSymbol target, string verb, CallExpression call)
        {
            if (verb is NotifierFacts.Starts or NotifierFacts.Ends && path.Protocol[target] is { Name: Uninitialized } state && reported.Add(call))
            {
                context.Report(Call, call, [context.Step(state.Since, $"{target.Name} is declared without a value")], call.Name, target.Name);
            }
        }

        protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node)
        {
            if (node is MemberExpression { IsArrow: false, Target: NameExpression { Symbol: VariableSymbol target } } member && (member.IsRead || IsLent(member))
                && path.Protocol[target] is { Name: Uninitialized } state
                && !path.State.HasWritten(new FieldPlace(new VariablePlace(target), member.Field)))
            {
                if (reported.Add(member))
                {
                    context.Report(Read, member, [context.Step(state.Since, $"{target.Name} is declared without a value")], $"{target.Name}.{member.Field.Name}");
                }

                // What follows from this defect is not said again.
                path = path with { Protocol = path.Protocol.Without(target) };
            }

            return base.Visit(path, node);
        }

        /// <summary>Whoever gets the address of one of the two bounds moves it from where it is.</summary>
        private static bool IsLent(MemberExpression member) =>
            member.Field.Name is "start" or "end" && member.Parent is UnaryExpression { Operator: UnaryOperator.AddressOf } address
            && address.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is CallExpression;
    }
}
