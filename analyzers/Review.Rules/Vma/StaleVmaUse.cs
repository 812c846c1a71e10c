using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;
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
    private const string Title = "A VMA or its file is used after the lock that kept it was dropped";

    private static readonly DiagnosticDescriptor Use = Describe("{0} is used after {1}() {2}, with no new lookup");
    private static readonly DiagnosticDescriptor Borrowed = Describe("{0} belongs to a VMA that may be gone since {1}() {2}, and no reference was taken before");
    private static readonly DiagnosticDescriptor Late = Describe("the reference to {0} is taken only after {1}() {2}: it may be gone by then");
    private static readonly DiagnosticDescriptor AfterPut = Describe("{0} is used after its reference was given back by {1}()");
    private static readonly DiagnosticDescriptor Leak = Describe("the reference to {0} that {1}() took is not given back on a path");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Use, Borrowed, Late, AfterPut, Leak];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create(Number, Name, Title, message, RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        if (VmaLifetime.Concerns(context.Function) && (MmapLockFacts.Of(context).MayKill(context.Function) || VisitorCall.IsIn(context.Function)))
        {
            var analysis = new Analysis(context);
            analysis.Run();
            analysis.ReportLeaks();
        }
    }

    private sealed class Analysis(FunctionAnalysisContext context) : VmaLifetime(context.Function, MmapLockFacts.Of(context).Functions)
    {
        private readonly HashSet<Node> reported = [];

        /// <summary>Where references were not given back: the return, and whether the VMA may be gone by then.</summary>
        private readonly Dictionary<Expression, (ReturnStatement? Return, bool IsOwnerGone)> kept = [];

        /// <summary>The arguments whose reference is given back on some path.</summary>
        private readonly HashSet<Expression> givenBack = [];

        /// <summary>The arguments whose reference is stored in memory on some path.</summary>
        private readonly HashSet<Expression> handedOn = [];

        /// <summary>Reports references that nobody gives back after the VMA has gone, and those that one path gives back and another one keeps.</summary>
        public void ReportLeaks()
        {
            foreach (var (taken, (@return, isOwnerGone)) in kept)
            {
                if ((isOwnerGone || givenBack.Contains(taken)) && !handedOn.Contains(taken))
                {
                    ReportLeak(taken, @return);
                }
            }
        }

        protected override IEnumerable<Path<VmaState>> Visit(Path<VmaState> path, Node node)
        {
            switch (node)
            {
                case MemberExpression { IsArrow: true } member:
                    CheckUse(path, member.Target, member);
                    break;
                case CallExpression call:
                    CheckArguments(path, call);
                    break;
                case AssignmentExpression assignment:
                    NoteStore(path, assignment);
                    break;
            }

            return base.Visit(path, node);
        }

        /// <summary>A reference that is stored in memory belongs to whoever finds it there.</summary>
        private void NoteStore(Path<VmaState> path, AssignmentExpression assignment)
        {
            if (path.Protocol.References[ExpressionSemantics.Evaluate(path.State, assignment.Value)] is { } taken
                && ExpressionSemantics.PlaceOf(path.State, assignment.Target) is { Root: PointeePlace })
            {
                _ = handedOn.Add(taken);
            }
        }

        protected override VmaState OnCall(Path<VmaState> before, VmaState after, CallExpression call, CallOutcome outcome)
        {
            foreach (var (verb, parameter) in outcome.OnParameters)
            {
                if (parameter >= call.Arguments.Length)
                {
                    continue;
                }

                var thing = ExpressionSemantics.Evaluate(before.State, call.Arguments[parameter]);
                switch (verb)
                {
                    case MmapLockFacts.TakesReference:
                        after = after with { References = after.References.With(thing, call.Arguments[parameter]), Released = after.Released.Without(thing) };
                        break;
                    case MmapLockFacts.GivesBack when after.References[thing] is { } taken:
                        _ = givenBack.Add(taken);
                        after = after with { References = after.References.Without(thing), Released = after.Released.With(thing, call) };
                        break;
                }
            }

            return after;
        }

        protected override void AtExit(Path<VmaState> path, ReturnStatement? @return)
        {
            foreach (var (thing, taken) in path.Protocol.References)
            {
                // A VMA that the function has made has the reference that is taken for it.
                if (OwnerOf(thing) is { } owner && !IsProtected(owner) && path.State.Read(ResultPlace.Instance) != thing && !IsTakenByHelper(taken))
                {
                    var isOwnerGone = DeathOf(path, owner) is not null;
                    if (isOwnerGone || !kept.ContainsKey(taken))
                    {
                        kept[taken] = (@return, isOwnerGone);
                    }
                }
            }
        }

        /// <summary>True if the reference was taken in another function of the file: it may have been for somebody else.</summary>
        private bool IsTakenByHelper(Expression taken) => taken.Parent is CallExpression { Function: { } helper } && Facts.IsDefinedHere(helper.Name);

        private void ReportLeak(Expression taken, ReturnStatement? @return)
        {
            if (reported.Add(taken))
            {
                var call = (CallExpression)taken.Parent!;
                ImmutableArray<TraceStep> trace = @return is null ? [] : [context.Step(taken, "takes the reference"), context.Step(@return, "returns with it")];
                context.Report(Leak, call, trace, Describe(taken), call.Name);
            }
        }

        private void CheckArguments(Path<VmaState> path, CallExpression call)
        {
            var outcomes = call.Function is { } function ? Facts.OutcomesOf(function.Name) : [];
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                var argument = call.Arguments[i];
                var thing = ExpressionSemantics.Evaluate(path.State, argument);
                if (outcomes.Any(outcome => outcome.OnParameters.Contains((MmapLockFacts.TakesReference, i))))
                {
                    if (!path.Protocol.References.Contains(thing) && OwnerOf(thing) is { } owner && DeathOf(path, owner) is { } death)
                    {
                        Report(Late, call, argument, death);
                    }
                }
                else if (!path.Protocol.References.Contains(thing) || !outcomes.Any(outcome => outcome.OnParameters.Contains((MmapLockFacts.GivesBack, i))))
                {
                    CheckUse(path, argument, argument);
                }
            }
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
                        context.Report(AfterPut, at, [context.Step(put, "gives the reference back"), context.Step(at, $"uses {Describe(pointer)}")], Describe(pointer), put.Name);
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

            ImmutableArray<TraceStep> trace = [context.Step(death.Call, $"{death.Name}() {death.How}"), context.Step(at, $"{Describe(pointer)} is from before")];
            context.Report(rule, at, trace, Describe(pointer), death.Name, death.How);
        }

        private string Describe(Expression expression) => context.Unit.Text.Slice(expression.Span);
    }
}
