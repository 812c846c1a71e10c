using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>Two decisions of one file contradict each other about an advice.</summary>
public sealed class BehaviorMatrix : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor NoCase = Describe("{0}() has no case for {1}, which {2} accepts: nothing is done, and the call succeeds");
    private static readonly DiagnosticDescriptor OnlyDefault = Describe("{0}() leaves {1}, which {2} accepts, to its default");
    private static readonly DiagnosticDescriptor Refused = Describe("{0} refuses {1}, for which {2}() has a case: nobody can ask for it");
    private static readonly DiagnosticDescriptor RefusedLater = Describe("{0} names {1}, which {2} refuses");
    private static readonly DiagnosticDescriptor Unguarded = Describe("{0} accepts {1} whether or not {2} is set, and without it there is nobody to carry it out");
    private static readonly DiagnosticDescriptor OtherGuard = Describe("{0}() has its case for {1} only if {2} is set, and {3} accepts it always");
    private static readonly DiagnosticDescriptor SameWork = Describe("{0}() tells {1} from {2} and does the same for both");

    private static readonly DiagnosticDescriptor Split = Describe("{0}() names {1} and leaves {2} to its default, and {3}() does the same work for both");
    private static readonly DiagnosticDescriptor OtherLock = Describe("{0}() gives {1} another lock than {2}, and {3}() does the same work for both");

    private static readonly DiagnosticDescriptor LeftOut = Describe("{0}() hands {1} to {2}(), which does not know it and refuses it");

    private static readonly DiagnosticDescriptor GoesOn = Describe("{0}() does what {1} asks for, and goes on with what {2} asks for");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [GoesOn, NoCase, OnlyDefault, Refused, RefusedLater, Unguarded, OtherGuard, SameWork, Split, OtherLock, LeftOut];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterTranslationUnitAction(static context =>
    {
        var outcomes = AdviceOutcomes.Of(context);
        foreach (var dispatch in outcomes.Decisions.Points.OfType<SwitchDecision>().Where(static point => point.IsDispatch))
        {
            CheckSameWork(context, dispatch);
            CheckLeftOut(context, dispatch);
            CheckGoesOn(context, dispatch);
        }

        CheckSplits(context, outcomes);
        foreach (var way in outcomes.Ways)
        {
            foreach (var fate in way.Fates)
            {
                CheckHandled(context, way, fate);
            }

            CheckLocks(context, outcomes, way);
            if (way.Gate is { } gate)
            {
                CheckRefused(context, way, gate);
                CheckGuards(context, way, gate);
            }
        }
    });

    /// <summary>A case that sets the flags of one advice and falls into that of another one, which sets or clears others, does both.</summary>
    private static void CheckGoesOn(TranslationUnitAnalysisContext context, SwitchDecision dispatch)
    {
        foreach (var (arm, next) in dispatch.Arms.Zip(dispatch.Arms.Skip(1)))
        {
            if (arm.FallsThrough && arm.Cases.FirstOrDefault(static label => Advice.IsName(label.Name)) is { } from && next.Cases.FirstOrDefault(static label => Advice.IsName(label.Name)) is { } to
                && arm.Statements.Any(static statement => statement is ExpressionStatement { Expression: AssignmentExpression }) && next.Statements.Any(static statement => statement is ExpressionStatement { Expression: AssignmentExpression }))
            {
                context.Report(GoesOn, from, [context.Step(from, $"does what {from.Name} asks for"), context.Step(to, "and goes on here")], dispatch.Name, from.Name, to.Name);
            }
        }
    }

    /// <summary>A handler that gets several kinds of advice tells them apart: one that it does not name comes to its last else, which refuses what nobody asked for.</summary>
    private static void CheckLeftOut(TranslationUnitAnalysisContext context, SwitchDecision dispatch)
    {
        foreach (var arm in dispatch.Arms.Where(static arm => arm.Cases.Count() > 1))
        {
            foreach (var call in arm.Statements.SelectMany(static statement => statement.DescendantsAndSelf<CallExpression>()))
            {
                if (context.Unit.Functions.FirstOrDefault(function => function.Symbol == call.Function) is not { } handler || ChainOf(handler, context.Unit) is not { } chain)
                {
                    continue;
                }

                foreach (var label in arm.Cases.Where(label => Advice.IsName(label.Name) && !chain.Names.Contains(label.Name)))
                {
                    context.Report(LeftOut, chain.LastElse, [context.Step(label.Value, $"{label.Name} goes to {handler.Name}()"), context.Step(chain.LastElse, "and is refused there")], dispatch.Name, label.Name, handler.Name);
                }
            }
        }
    }

    /// <summary>The chain of a handler that names advice and refuses what is left; null if it asks for advice in another way as well.</summary>
    private static ComparisonChain? ChainOf(FunctionDefinition handler, TranslationUnit unit)
    {
        var chains = handler.Body.DescendantsAndSelf<IfStatement>().Where(static first => !(first.Parent is IfStatement outer && outer.Else == first)).Select(first => ComparisonChain.Of(first, unit.Text)).OfType<ComparisonChain>().ToList();
        var named = handler.Body.DescendantsAndSelf<LiteralExpression>().Count(static literal => literal.Origin.Macro?.StartsWith("MADV_", StringComparison.Ordinal) == true);
        return chains is [var chain] && named == chain.Names.Length && chain.LastElse.DescendantsAndSelf<ReturnStatement>().Any(static @return => @return.Value?.Unwrapped.Constant < 0 || @return.Value?.Constant < 0) ? chain : null;
    }

    /// <summary>Advice with the same work needs the same lock. No other rule asks the outcomes for answers, which they remember.</summary>
    private static void CheckLocks(TranslationUnitAnalysisContext context, AdviceOutcomes outcomes, AdviceWay way)
    {
        if (way.Fates.IsEmpty)
        {
            return;
        }

        var locks = new LockClasses(outcomes.Decisions, (function, value) => outcomes.AssumptionOf(value).AnswerOf(function));
        foreach (var split in locks.SplitsOf(way.Dispatches, way.Functions.Where(function => function != way.Gate?.Function)))
        {
            context.Report(OtherLock, split.At, [context.Step(split.Dispatch.Switch.Subject, "goes by the handler")], split.Asked.Name, split.Name, split.Sibling, split.Dispatch.Name);
        }
    }

    /// <summary>Advice for which a dispatch has one piece of code belongs together wherever advice is told apart by yes and no.</summary>
    private static void CheckSplits(TranslationUnitAnalysisContext context, AdviceOutcomes outcomes)
    {
        var found =
            from way in outcomes.Ways
            from point in way.Points.OfType<SwitchDecision>()
            where !point.IsDispatch && point != way.Gate && point.Owner.Symbol.Signature?.Result.Canonical is IntegerType { IsBool: true }
            from dispatch in way.Dispatches
            from arm in dispatch.Arms
            where !arm.IsIdle && arm.Cases.All(static label => Advice.IsName(label.Name))
            let named = arm.Cases.FirstOrDefault(label => point.Names(label.Name))
            let left = arm.Cases.FirstOrDefault(label => !point.Names(label.Name))
            where named is not null && left is not null
            select (Point: point, Dispatch: dispatch, Named: named.Name, Left: left.Name);
        foreach (var (point, dispatch, named, left) in found.DistinctBy(static split => (split.Point.Name, split.Named)))
        {
            context.Report(Split, point.At, [context.Step(dispatch.Switch.Subject, $"{named} and {left} come to the same code")], point.Name, named, left, dispatch.Name);
        }
    }

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM3002", "behavior-matrix", "Decisions about advice contradict each other", message, RuleCategory.Behavior, DiagnosticSeverity.Warning);

    /// <summary>An advice that is let in has to be named where the work is done.</summary>
    private static void CheckHandled(TranslationUnitAnalysisContext context, AdviceWay way, AdviceFate fate)
    {
        if (fate.IsHandled || fate.Dispatches.MaxBy(static point => point.Labels.Length) is not { } dispatch)
        {
            return;
        }

        var @default = dispatch.Switch.Labels.OfType<DefaultLabel>().FirstOrDefault();
        context.Report(
            @default is null ? NoCase : OnlyDefault, @default ?? (Node)dispatch.Switch.Subject, StepsOf(context, way.Gate, fate.Name), dispatch.Name, fate.Name, NameOf(way.Gate));
    }

    /// <summary>What is decided about an advice is for nothing if it is not let in, in any configuration.</summary>
    private static void CheckRefused(TranslationUnitAnalysisContext context, AdviceWay way, DecisionPoint gate)
    {
        foreach (var fate in way.Fates.Where(fate => !fate.IsAccepted && !Advice.IsInternal(fate.Name) && !gate.Names(fate.Name)))
        {
            if (way.Dispatches.FirstOrDefault(point => point.Names(fate.Name)) is { } dispatch)
            {
                context.Report(Refused, gate.At, StepsOf(context, dispatch, fate.Name), NameOf(gate), fate.Name, dispatch.Name);
            }
            else if (way.Points.FirstOrDefault(point => point.Names(fate.Name)) is { } other)
            {
                context.Report(RefusedLater, other.Labels.First(label => label.Name == fate.Name).Span, NameOf(other), fate.Name, NameOf(gate));
            }
        }
    }

    private static void CheckGuards(TranslationUnitAnalysisContext context, AdviceWay way, DecisionPoint gate)
    {
        foreach (var label in gate.Labels)
        {
            if (Advice.OptionOf(label.Name) is { } option && !label.Guards.Contains(option) && !MentionsOption(gate, option))
            {
                context.Report(Unguarded, label.Span, NameOf(gate), label.Name, option);
                continue;
            }

            var cases = way.Dispatches.SelectMany(point => point.Labels.Where(@case => @case.Name == label.Name).Select(@case => (Point: point, Case: @case))).ToList();
            if (cases.Count > 0 && cases.TrueForAll(found => found.Case.Guards.Except(label.Guards).Any())
                && !way.Points.OfType<ComparisonDecision>().Any(point => point.Names(label.Name)))
            {
                var (point, @case) = cases[0];
                context.Report(OtherGuard, @case.Span, point.Name, label.Name, string.Join(" and ", @case.Guards.Except(label.Guards)), NameOf(gate));
            }
        }
    }

    /// <summary>Two cases with the same code, written twice: one of them was meant to be another.</summary>
    private static void CheckSameWork(TranslationUnitAnalysisContext context, SwitchDecision dispatch)
    {
        var seen = new Dictionary<string, SwitchArm>(StringComparer.Ordinal);
        foreach (var arm in dispatch.Arms.Where(static arm => !arm.HasDefault && !arm.IsIdle && !arm.FallsThrough))
        {
            var code = string.Join(' ', arm.Statements.Select(statement => string.Join(' ', context.Unit.Text.Slice(statement.Span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
            if (!seen.TryAdd(code, arm))
            {
                var first = seen[code].Cases.First();
                var second = arm.Cases.First();
                context.Report(SameWork, second.Value, [context.Step(first.Value, $"{first.Name} comes here")], dispatch.Name, second.Name, first.Name);
            }
        }
    }

    /// <summary>True if the code asks for the option in another way than by a directive: <c>return IS_ENABLED(CONFIG_KSM);</c>.</summary>
    private static bool MentionsOption(DecisionPoint point, string option) =>
        point.Function is { } function && function.Macros.Any(macro => macro.Name == option || macro.Arguments.Any(argument => argument.Text.Contains(option, StringComparison.Ordinal)));

    private static ImmutableArray<TraceStep> StepsOf(TranslationUnitAnalysisContext context, DecisionPoint? point, string advice) =>
        point?.Labels.FirstOrDefault(label => label.Name == advice) is { } label
            ? [new TraceStep(context.Unit.Path, context.Unit.Text.PositionOf(label.Span.Start).Line, point.Function?.Name ?? "", $"{advice} is named here")] : [];

    private static string NameOf(DecisionPoint? point) => point switch
    {
        null => "the file",
        TableDecision => point.Name + "[]",
        _ => point.Name + "()",
    };
}
