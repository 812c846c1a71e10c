using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>Somebody can do to another process, or to a file, what they have no permission for.</summary>
public sealed class DestructiveRemote : KernelAnalyzer
{
    /// <summary>What the names of functions begin with that are system calls.</summary>
    private const string SystemCall = "__do_sys_";

    private static readonly DiagnosticDescriptor LetsThrough = Describe("{0} lets {1} through, which destroys data, and {2}() has asked only for permission to read the other process");
    private static readonly DiagnosticDescriptor NoChoice = Describe("{0}() hands on {1} for another process, and has asked only for permission to read it");
    private static readonly DiagnosticDescriptor NoCapability = Describe("{0}() advises another process without asking capable()");
    private static readonly DiagnosticDescriptor AskedForSome = Describe("{0}() asks {1}() only where the advice was compared with {2}: other advice gets by without");
    private static readonly DiagnosticDescriptor NoAccess = Describe("{0}() takes the address space of a task it was told of, and nobody has asked ptrace_may_access()");
    private static readonly DiagnosticDescriptor Unasked = Describe("{0}() carries out {1} and asks neither itself nor through others for permission ({2})");
    private static readonly DiagnosticDescriptor Unlimited = Describe("{0}() moves the pages that other processes map, too, and nobody has asked capable() for it");
    private static readonly DiagnosticDescriptor Ignored = Describe("the answer of {0}() is thrown away");
    private static readonly DiagnosticDescriptor Forgotten = Describe("{0}() asks for permission, and nobody asks it");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [LetsThrough, Unlimited, NoChoice, NoCapability, AskedForSome, NoAccess, Unasked, Ignored, Forgotten];

    public override void Initialize(KernelAnalysisContext context)
    {
        context.RegisterFunctionAction(CheckFunction);
        context.RegisterTranslationUnitAction(static context =>
        {
            var questions = PermissionQuestions.Of(context);
            var isMissing = context.Unit.Functions.Any(function => PermissionQuestions.WantedOf(function.Name) is { Count: > 0 } wanted && !questions.IsAsked([function.Body], wanted));
            foreach (var way in AdviceOutcomes.Of(context).Ways)
            {
                foreach (var remote in way.RemoteDoors)
                {
                    CheckRemote(context, way, remote);
                }

                isMissing |= CheckHandlers(context, way);
            }

            if (!isMissing)
            {
                CheckForgotten(context);
            }
        });
    }

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM3005", "destructive-remote", "A permission is not asked for", message, RuleCategory.Behavior, DiagnosticSeverity.Warning);

    private static void CheckRemote(TranslationUnitAnalysisContext context, AdviceWay way, RemoteDoor remote)
    {
        var function = remote.Function;
        if (!remote.Own.Any(static own => PermissionQuestions.IsAskedIn(own.Body, ["capable"])))
        {
            context.Report(NoCapability, remote.Access, function.Name);
        }
        else if (remote.Own.SelectMany(static own => PermissionQuestions.AskedIn(own.Body, ["capable"])).Select(call => (Call: call, Advice: AdviceBefore(context, call))).ToList() is var asked
            && asked.TrueForAll(static question => question.Advice is not null))
        {
            context.Report(AskedForSome, asked[0].Call, function.Name, asked[0].Call.Name, asked[0].Advice);
        }

        if (remote.MayAttach)
        {
            return;
        }

        var unnamed = new List<string>();
        foreach (var fate in remote.Fates.Where(static fate => fate.IsAccepted && Advice.IsDestructive(fate.Name)))
        {
            var point = way.Points.FirstOrDefault(point => point.Function is { } asked && remote.Own.Contains(asked) && point.Names(fate.Name))
                ?? way.Points.FirstOrDefault(point => (point is TableDecision || point.Function?.Symbol.Signature?.Result.Canonical is RecordType) && point.Names(fate.Name));
            if (point is null)
            {
                unnamed.Add(fate.Name);
            }
            else
            {
                var name = point is TableDecision ? point.Name + "[]" : point.Name + "()";
                context.Report(
                    LetsThrough, point.Labels.First(label => label.Name == fate.Name).Span, [context.Step(remote.Access, "asks for permission to read, not to change")], name, fate.Name, function.Name);
            }
        }

        if (unnamed.Count > 0 && !remote.IsOpen && ChoiceOf(way, remote) is { } choice)
        {
            context.Report(LetsThrough, choice.At, [context.Step(remote.Access, "asks for permission to read, not to change")], choice.Name + "()", string.Join(", ", unnamed), function.Name);
        }
        else if (unnamed.Count > 0 && !remote.IsOpen)
        {
            context.Report(NoChoice, remote.Access, function.Name, string.Join(", ", unnamed));
        }
    }

    /// <summary>The decision of a function that answers yes or no for other processes only, where it says yes to what it does not name.</summary>
    private static DecisionPoint? ChoiceOf(AdviceWay way, RemoteDoor remote) => way.Points.FirstOrDefault(point =>
        point.Function is { } asked && asked != remote.Function && remote.Own.Contains(asked) && asked.Symbol.Signature?.Result.Canonical is IntegerType { IsBool: true });

    /// <summary>The advice with which a value is compared before a question is asked, in the same condition or in one around it; null if it is asked of everybody.</summary>
    private static string? AdviceBefore(TranslationUnitAnalysisContext context, CallExpression question)
    {
        Node child = question;
        foreach (var parent in question.Ancestors())
        {
            var before = parent switch
            {
                BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr } both when both.Right == child => both.Left,
                IfStatement test when test.Condition != child => test.Condition,
                _ => null,
            };
            if (before?.DescendantsAndSelf<BinaryExpression>().Where(static comparison => comparison.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual)
                .Select(comparison => Advice.NameOf(comparison.Right, context.Unit.Text) ?? Advice.NameOf(comparison.Left, context.Unit.Text)).FirstOrDefault(static name => name is not null) is { } advice)
            {
                return advice;
            }

            child = parent;
        }

        return null;
    }

    /// <summary>What an advice does may need a question of its own; true if one is missing.</summary>
    private static bool CheckHandlers(TranslationUnitAnalysisContext context, AdviceWay way)
    {
        var questions = PermissionQuestions.Of(context);
        var reported = new HashSet<FunctionDefinition>();
        foreach (var fate in way.Fates)
        {
            var wanted = Advice.QuestionsOf(fate.Name);
            var handlers = fate.Work.SelectMany(static work => work.DescendantsAndSelf<CallExpression>()).Select(questions.CalleeOf).OfType<FunctionDefinition>().ToList();
            if (wanted.Count > 0 && handlers.Count > 0 && !questions.IsAsked([.. fate.Work], wanted) && reported.Add(handlers[0]))
            {
                context.Report(Unasked, handlers[0].NameSpan, handlers[0].Name, fate.Name, string.Join("() or ", wanted) + "()");
            }
        }

        return reported.Count > 0;
    }

    /// <summary>A question that somebody took the trouble to write, and that has lost the one who asked it.</summary>
    private static void CheckForgotten(TranslationUnitAnalysisContext context)
    {
        var questions = PermissionQuestions.Of(context);
        foreach (var function in context.Unit.Functions)
        {
            if (function.Symbol.IsStatic && function.Symbol.Signature?.Result.Canonical is IntegerType && !questions.IsMentioned(function)
                && function.Body.DescendantsAndSelf<CallExpression>().Any(PermissionQuestions.IsQuestion) && !IsInSkippedText(context.Unit, function.Name)
                && !function.Name.Contains("sys_", StringComparison.Ordinal))
            {
                context.Report(Forgotten, function.NameSpan, function.Name);
            }
        }
    }

    private static bool IsInSkippedText(TranslationUnit unit, string name) =>
        unit.Skipped.Any(range => Encoding.Latin1.GetString(unit.Text.BytesOf(range)).Contains(name, StringComparison.Ordinal));

    private static void CheckFunction(FunctionAnalysisContext context)
    {
        var function = context.Function;
        var calls = function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
        foreach (var call in calls)
        {
            if (PermissionQuestions.IsQuestion(call) && call.Parent is ExpressionStatement { Parent: not StatementExpression })
            {
                context.Report(Ignored, call, call.Name);
            }
        }

        foreach (var argument in IsForNobody(function) ? [] : calls.SelectMany(static call => call.Arguments).Where(IsMoveAll).Where(static argument => !IsDecided(argument)))
        {
            context.Report(Unlimited, argument, function.Name);
        }

        var wanted = PermissionQuestions.WantedOf(function.Name);
        if (!function.Name.StartsWith(SystemCall, StringComparison.Ordinal))
        {
            return;
        }

        var questions = PermissionQuestions.Of(context);
        if (questions.Below([function.Body]).Append(function).FirstOrDefault(TakesAddressSpace) is { } taker)
        {
            if (!questions.IsAsked([function.Body], ["ptrace_may_access"]))
            {
                context.Report(NoAccess, taker.Body.DescendantsAndSelf<CallExpression>().First(Opens), taker.Name);
            }
        }
        else if (wanted.Count > 0 && !questions.IsAsked([function.Body], wanted))
        {
            var at = Inner(context);
            context.Report(Unasked, at.NameSpan, at.Name, "the system call", string.Join("() or ", wanted) + "()");
        }

        foreach (var required in PermissionQuestions.RequiredOf(function.Name).Where(required => !questions.IsAsked([function.Body], [required])))
        {
            var at = Inner(context);
            context.Report(Unasked, at.NameSpan, at.Name, "the system call", required + "()");
        }
    }

    /// <summary>True for a work item: a thread of the kernel runs it, and capable() would speak of that thread. Whoever queued it was there to be asked.</summary>
    private static bool IsForNobody(FunctionDefinition function) => function.Parameters is [var work] && work.Type.IsPointerTo("work_struct");

    /// <summary>MPOL_MF_MOVE_ALL as it stands: pages that other processes map move, too.</summary>
    private static bool IsMoveAll(Expression argument) => argument.Constant is not null && argument.Unwrapped.Origin.Macro == "MPOL_MF_MOVE_ALL";

    /// <summary>True if a condition around an expression asks for permission.</summary>
    private static bool IsDecided(Expression expression) => expression.Ancestors().Select(static outer => outer switch
    {
        ConditionalExpression conditional => conditional.Condition,
        IfStatement test => test.Condition,
        _ => null,
    }).OfType<Expression>().SelectMany(static condition => condition.DescendantsAndSelf<CallExpression>()).Any(PermissionQuestions.IsQuestion);

    private static bool TakesAddressSpace(FunctionDefinition function)
    {
        var calls = function.Body.DescendantsAndSelf<CallExpression>().ToList();
        return calls.Exists(Opens) && calls.Exists(static call => PermissionQuestions.Does(call, PermissionQuestions.FindsTask));
    }

    private static bool Opens(CallExpression call) => PermissionQuestions.Does(call, PermissionQuestions.OpensAddressSpace);

    /// <summary>The function of the file in which a system call is really written.</summary>
    private static FunctionDefinition Inner(FunctionAnalysisContext context)
    {
        var questions = PermissionQuestions.Of(context);
        var function = context.Function;
        for (var depth = 0; depth < 4; depth++)
        {
            var callees = function.Body.DescendantsAndSelf<CallExpression>().Select(questions.CalleeOf).OfType<FunctionDefinition>().Distinct().ToList();
            if (callees is not [var only])
            {
                break;
            }

            function = only;
        }

        return function;
    }
}
