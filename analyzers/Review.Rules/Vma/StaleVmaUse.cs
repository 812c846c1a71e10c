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
/// A VMA is touched after the lock that kept it alive was dropped, or its file is used then without a reference that was
/// taken before.
/// </summary>
public sealed class StaleVmaUse : KernelAnalyzer
{
    private const string Number = "KMM1002";
    private const string Name = "stale-vma-use";
    private const string Title = "A VMA or its file is used after mmap_lock was dropped";

    private static readonly DiagnosticDescriptor Use = Describe("{0} is used after {1}() {2}, with no new lookup");
    private static readonly DiagnosticDescriptor Borrowed = Describe("{0} belongs to a VMA that may be gone since {1}() {2}, and no reference was taken before");
    private static readonly DiagnosticDescriptor Late = Describe("the reference to {0} is taken only after {1}() {2}: the file may be gone by then");
    private static readonly DiagnosticDescriptor AfterPut = Describe("{0} is used after its reference was given back by fput()");
    private static readonly DiagnosticDescriptor Leak = Describe("the reference to {0} that get_file() took is not given back on a path");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Use, Borrowed, Late, AfterPut, Leak];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create(Number, Name, Title, message, RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        if (MmapLockFacts.Of(context).MayKill(context.Function))
        {
            new Analysis(context).Run();
        }
    }

    private sealed class Analysis(FunctionAnalysisContext context)
        : VmaLifetime(ControlFlowGraph.Create(context.Function), MmapLockFacts.Of(context).Functions)
    {
        private readonly HashSet<Node> reported = [];

        protected override IEnumerable<Path<VmaState>> Visit(Path<VmaState> path, Node node)
        {
            switch (node)
            {
                case MemberExpression { IsArrow: true } member:
                    CheckUse(path, member.Target, member);
                    break;
                case CallExpression { Function.Name: "get_file" or "fput", Arguments: [var file] } call:
                    return VisitReference(path, call, file);
                case CallExpression call:
                    foreach (var argument in call.Arguments)
                    {
                        CheckUse(path, argument, argument);
                    }

                    break;
            }

            return base.Visit(path, node);
        }

        protected override void AtExit(Path<VmaState> path, ReturnStatement? @return)
        {
            foreach (var (file, taken) in path.Protocol.References)
            {
                if (OwnerOf(file) is { } owner && DeathOf(path, owner) is not null && !HasEscaped(path.State, file) && reported.Add(taken))
                {
                    ImmutableArray<TraceStep> trace = @return is null ? [] : [context.Step(taken, "takes the reference"), context.Step(@return, "returns with it")];
                    context.Report(Leak, taken, trace, Describe(taken.Arguments[0]));
                }
            }
        }

        private IEnumerable<Path<VmaState>> VisitReference(Path<VmaState> path, CallExpression call, Expression argument)
        {
            var file = ExpressionSemantics.Evaluate(path.State, argument);
            var isTaken = call.Function!.Name == "get_file";
            if (isTaken && OwnerOf(file) is { } owner && DeathOf(path, owner) is { } death)
            {
                Report(Late, call, argument, death);
            }
            else if (!path.Protocol.References.Contains(file))
            {
                CheckUse(path, argument, argument);
            }

            return base.Visit(path, call).Select(next => next with
            {
                State = isTaken ? next.State.WithTemporary(call, file) : next.State,
                Protocol = isTaken
                    ? next.Protocol with { References = next.Protocol.References.With(file, call), Released = next.Protocol.Released.Without(file) }
                    : next.Protocol with
                    {
                        References = next.Protocol.References.Without(file),
                        Released = path.Protocol.References.Contains(file) ? next.Protocol.Released.With(file, call) : next.Protocol.Released,
                    },
            });
        }

        private void CheckUse(Path<VmaState> path, Expression pointer, Node at)
        {
            if (pointer.Type.Canonical is not PointerType)
            {
                return;
            }

            var value = ExpressionSemantics.Evaluate(path.State, pointer);
            if (DeathOf(path, value) is { } death)
            {
                Report(Use, at, pointer, death);
            }
            else if (OwnerOf(value) is { } owner && DeathOf(path, owner) is { } ownerDeath && !path.Protocol.References.Contains(value))
            {
                if (path.Protocol.Released[value] is { } put)
                {
                    if (reported.Add(at))
                    {
                        context.Report(AfterPut, at, [context.Step(put, "gives the reference back"), context.Step(at, $"uses {Describe(pointer)}")], Describe(pointer));
                    }
                }
                else
                {
                    Report(Borrowed, at, pointer, ownerDeath);
                }
            }
        }

        private void Report(DiagnosticDescriptor rule, Node at, Expression pointer, Death death)
        {
            // The first use is enough: all later ones have the same cause.
            if (!reported.Add(death.Call))
            {
                return;
            }

            var how = death.Kind == VmaDeath.LockDropped ? "dropped mmap_lock" : "replaced it";
            ImmutableArray<TraceStep> trace = [context.Step(death.Call, $"{death.Name}() {how}"), context.Step(at, $"{Describe(pointer)} is from before")];
            context.Report(rule, at, trace, Describe(pointer), death.Name, how);
        }

        private string Describe(Expression expression) => context.Unit.Text.Slice(expression.Span);

        /// <summary>True if the reference was handed on: returned, or stored where others find it.</summary>
        private static bool HasEscaped(PathState state, Value file) =>
            state.Contents.Any(content => content.Value == file && (content.Key is ResultPlace || content.Key.Root is PointeePlace));
    }
}
