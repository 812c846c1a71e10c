using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>A word of flags is taken for a truth value, loses flags before a retry, or asks for what does not go together.</summary>
public sealed class FlagsMisread : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor NotBinds = Describe("! binds before &: this asks whether all of {0} is zero, not whether {1} is clear", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor LogicalAnd = Describe("{0} is combined with {1} by a logical operator: {1} is never zero", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor AlwaysTrue = Describe("{0} | {1} is never zero: this asks nothing", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor Truth = Describe("{0} is a word of flags, used here as a truth value: it is true for any flag", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Cleared = Describe("{0} is cleared in {1} between two attempts: the next one asks for less than the caller did", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Dropped = Describe("{0}() gets {1} without {2} here: the flags of the caller are lost", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor GetAndPin = Describe("{0} has FOLL_GET and FOLL_PIN, which exclude each other", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor WrongFlag = Describe("{0}() gets {1}, which only {2} may have", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor NotAsked = Describe("{0}() hands {1} on and never puts {2} into it: the pages are not held as its callers expect", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor Overwritten = Describe("{0} is set anew on a condition, and {1} that it had before is lost", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor SetAnew = Describe("{0} is set anew: what the caller asked for is lost", DiagnosticSeverity.Warning);
    private static readonly DiagnosticDescriptor LongtermWithoutPin = Describe("{0} has FOLL_LONGTERM here and nobody has asked for FOLL_PIN, but {1}() gives the pages back as pinned", DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor NotRefused = Describe("{0}() takes {1} from its callers and asks nothing of it, where {3}() asks for {2}", DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [NotRefused, Truth, NotBinds, LogicalAnd, AlwaysTrue, Cleared, Dropped, NotAsked, Overwritten, SetAnew, GetAndPin, WrongFlag, LongtermWithoutPin];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message, DiagnosticSeverity severity) =>
        RuleDescriptor.Create("KMM3006", "flags-misread", "A word of flags is misread", message, RuleCategory.Gup, severity);

    private static void Analyze(FunctionAnalysisContext context)
    {
        var words = FlagWord.In(context.Function);
        words.UnionWith(FlagArguments.WordsOf(context));
        var copies = FlagWord.CopiesIn(context.Function, words);
        var reported = new HashSet<Node>();
        foreach (var node in context.Function.Body.DescendantsAndSelf<Expression>())
        {
            if (CheckOperators(context, node))
            {
                _ = reported.Add(node);
            }
            else if (words.Count > 0 && !node.Ancestors().Any(reported.Contains))
            {
                CheckTruth(context, words, copies, node);
            }
        }

        if (words.Count > 0)
        {
            CheckCleared(context, words);
            CheckDropped(context, words);
            CheckReplaced(context, words);
            foreach (var (callee, argument, word) in NarrowedFlags.In(context, words))
            {
                context.Report(Dropped, argument, callee, Text(context, argument), word);
            }
            CheckOverwritten(context, words);
            CheckKind(context, words);
        }

        if (words.Count > 0 && RefusedFlags.In(context) is var (asked, what, sibling))
        {
            context.Report(NotRefused, context.Function.NameSpan, context.Function.Name, asked.Name, what, sibling);
        }

        if (words.Count > 0 || context.Function.Body.DescendantsAndSelf().Any(static node => FlagWord.NameOf(node) is not null))
        {
            GupFlagPaths.Run(context, words, Report);
        }

        void Report(GupFlagDefect defect)
        {
            var rule = defect.Kind switch
            {
                GupFlagDefectKind.GetAndPin => GetAndPin,
                GupFlagDefectKind.WrongFlag => WrongFlag,
                _ => LongtermWithoutPin,
            };
            context.Report(rule, defect.At, defect.Since is null ? [] : [context.Step(defect.Since, defect.Story), context.Step(defect.At, "goes on with it")], [.. defect.Arguments]);
        }
    }

    /// <summary><c>!flags &amp; BIT</c>, <c>flags &amp;&amp; BIT</c> and <c>if (flags | BIT)</c>; true if it is one.</summary>
    private static bool CheckOperators(FunctionAnalysisContext context, Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Left.Unwrapped: UnaryExpression { Operator: UnaryOperator.LogicalNot, Operand: var word } not } test
                when IsWord(word) && test.Right.Unwrapped is { Constant: not (null or 0) } bits && (bits.Constant > 1 || IsBit(bits)):
                context.Report(NotBinds, test, [], Parenthesize(not, test), Text(context, word), Text(context, bits));
                return true;
            case BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr, Left: var left, Right.Unwrapped: { Constant: not (null or 0) } bits } logical
                when IsBit(bits) && IsWord(left):
                context.Report(LogicalAnd, logical, Text(context, left), Text(context, bits));
                return true;
            case BinaryExpression { Operator: BinaryOperator.BitwiseOr, Left: var word, Right.Unwrapped: { Constant: not (null or 0) } bits } union
                when IsBit(bits) && IsWord(word) && IsTruth(union):
                context.Report(AlwaysTrue, union, Text(context, word), Text(context, bits));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A name that stands for one bit or a few of them, as flags are spelled.</summary>
    private static bool IsBit(Expression bits)
    {
        var names = bits.DescendantsAndSelf().Select(FlagWord.NameOf).OfType<string>().ToList();
        return names.Count > 0 || (bits is NameExpression { Symbol: EnumeratorSymbol } or LiteralExpression { Origin.Macro: not null } && bits.Constant > 1
            && Name(bits) is { } name && (name.StartsWith("VM_", StringComparison.Ordinal) || name.StartsWith("MF_", StringComparison.Ordinal)));
    }

    private static string? Name(Expression bits) => bits is NameExpression { Symbol: var symbol } ? symbol.Name : bits.Origin.Macro;

    private static bool IsWord(Expression expression) =>
        expression.Unwrapped is NameExpression { Symbol: VariableSymbol } or MemberExpression or UnaryExpression { Operator: UnaryOperator.Dereference }
        && expression.Unwrapped.Type.Canonical is IntegerType { IsBool: false };

    private static Fix? Parenthesize(UnaryExpression not, BinaryExpression test) => not.Origin.IsInFile && test.Right.Origin.IsInFile && test.Right.Origin.Invocation == not.Origin.Invocation
        ? new Fix("put the mask into the parentheses", [new TextEdit(new(not.Operand.Span.Start, not.Operand.Span.Start), "("), new TextEdit(new(test.Right.Span.End, test.Right.Span.End), ")")])
        : null;

    private static void CheckTruth(FunctionAnalysisContext context, HashSet<FlagWord> words, HashSet<Symbol> copies, Expression expression)
    {
        if (expression is CastExpression || FlagWord.Of(expression) is not { } word || !(words.Contains(word) || copies.Contains(word.Variable)) || !IsTruth(expression))
        {
            return;
        }

        // "if (flags) return -EINVAL" of a system call refuses every flag.
        if (expression.Ancestors().OfType<IfStatement>().FirstOrDefault() is not { Then: var then } || !LeadsToReturn(then))
        {
            context.Report(Truth, expression, word);
        }
    }

    /// <summary>True where C asks of a value only whether it is zero.</summary>
    private static bool IsTruth(Expression expression)
    {
        Node child = expression;
        foreach (var parent in expression.Ancestors())
        {
            switch (parent)
            {
                case CastExpression { Type.Canonical: IntegerType { IsBool: true } }:
                    return true;
                case CastExpression:
                    child = parent;
                    continue;
                case UnaryExpression { Operator: UnaryOperator.LogicalNot }:
                case BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr }:
                    return true;
                case IfStatement @if:
                    return @if.Condition == child;
                case WhileStatement @while:
                    return @while.Condition == child;
                case ConditionalExpression conditional:
                    return conditional.Condition == child;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool LeadsToReturn(Statement statement) =>
        statement is ReturnStatement { Value.Constant: < 0 } || (statement is BlockStatement { Statements: [.., ReturnStatement { Value.Constant: < 0 }] });

    /// <summary>Clearing what decides how pages are followed is no way to make a second attempt succeed: it was Dirty COW.</summary>
    private static void CheckCleared(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        foreach (var assignment in context.Function.Body.DescendantsAndSelf<AssignmentExpression>())
        {
            if (assignment.Target is var target && FlagWord.Of(target) is { } word && words.Contains(word) && ClearedBy(assignment, word) is { } bits
                && FlagWord.NamesIn(bits).FirstOrDefault(static name => name is "FOLL_WRITE" or "FOLL_FORCE" or "FOLL_GET" or "FOLL_PIN" or "FOLL_LONGTERM") is { } name
                && (word.IsPointee || IsBetweenCalls(context.Function, assignment, word)))
            {
                context.Report(Cleared, assignment, name, word);
            }
        }
    }

    /// <summary>The bits that an assignment takes out of a word of flags.</summary>
    private static Expression? ClearedBy(AssignmentExpression assignment, FlagWord word) => assignment switch
    {
        { Compound: BinaryOperator.BitwiseAnd, Value.Unwrapped: UnaryExpression { Operator: UnaryOperator.BitwiseNot, Operand: var bits } } => bits,
        { Compound: null, Value.Unwrapped: BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Unwrapped: UnaryExpression { Operator: UnaryOperator.BitwiseNot, Operand: var bits } } mask }
            when FlagWord.Of(mask.Left) == word => bits,
        _ => null,
    };

    /// <summary>True if the word goes to a call before the node, and again after it.</summary>
    private static bool IsBetweenCalls(FunctionDefinition function, Node node, FlagWord word)
    {
        var graph = ControlFlowGraph.Create(function);
        var home = graph.Blocks.FirstOrDefault(block => block.Nodes.Contains(node));
        return home is not null
            && Reaches(home, static block => block.Successors.Select(static edge => edge.To), static (index, here) => index > here)
            && Reaches(home, static block => block.Predecessors.Select(static edge => edge.From), static (index, here) => index < here);

        bool Reaches(BasicBlock start, Func<BasicBlock, IEnumerable<BasicBlock>> next, Func<int, int, bool> isOnSide)
        {
            var position = start.Nodes.TakeWhile(other => other != node).Count();
            if (start.Nodes.Where((other, index) => isOnSide(index, position) && Hands(other)).Any())
            {
                return true;
            }

            var seen = new HashSet<BasicBlock>();
            var work = new Stack<BasicBlock>(next(start));
            while (work.TryPop(out var block))
            {
                if (seen.Add(block))
                {
                    if (block.Nodes.Any(Hands))
                    {
                        return true;
                    }

                    foreach (var other in next(block))
                    {
                        work.Push(other);
                    }
                }
            }

            return false;
        }

        bool Hands(Node other) => other is CallExpression call && call.Arguments.Any(argument => argument.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == word.Variable));
    }

    /// <summary>The same function is called with the flags of the caller in one place and without them in another.</summary>
    private static void CheckDropped(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        var calls = context.Function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToLookup(static call => call.Function!.Name);
        foreach (var same in calls.Where(static group => group.Count() > 1))
        {
            foreach (var call in same)
            {
                for (var i = 0; i < call.Arguments.Length; i++)
                {
                    var argument = call.Arguments[i];
                    if (argument.Constant is not null && FlagWord.NamesIn(argument).Any()
                        && same.Where(other => i < other.Arguments.Length).Select(other => FlagWord.UnitedIn(other.Arguments[i]).FirstOrDefault()).FirstOrDefault(static word => word.Variable is { Kind: VariableKind.Parameter }) is { Variable: not null } lost
                        && words.Contains(lost))
                    {
                        context.Report(Dropped, argument, call.Name, Text(context, argument), lost);
                    }
                }
            }
        }
    }

    /// <summary>
    /// A function of the file gets flags that are all constant, although the caller's word goes to another one: what the caller asked for is lost on this way.
    /// </summary>
    private static void CheckReplaced(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        var calls = context.Function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
        foreach (var parameter in words.Where(static word => word is { Variable.Kind: VariableKind.Parameter, IsPointee: false }))
        {
            var takers = calls.Where(call => call.Arguments.Any(argument => FlagWord.UnitedIn(argument).Contains(parameter))).ToList();
            var isOnlyAsked = takers.Count == 0 && context.Function.Body.DescendantsAndSelf<NameExpression>().Where(name => name.Symbol == parameter.Variable)
                .All(static name => name.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test && FlagWord.NamesIn(test.Right).Any());
            foreach (var call in takers.Count == 0 && !isOnlyAsked ? [] : calls.Where(call => !takers.Contains(call)))
            {
                var taken = call.Function is { } called ? context.Unit.Find(called.Name)?.Parameters ?? [] : [];
                var lost = call.Arguments.Zip(taken).FirstOrDefault(pair => pair.Second.Name.EndsWith("flags", StringComparison.Ordinal) && pair.First.Constant is > 0 && FlagWord.NamesIn(pair.First).Any(name => name.StartsWith("FOLL_", StringComparison.Ordinal)));
                if (lost.First is { } argument && (isOnlyAsked || takers.Exists(taker => taker.Arguments.Any(handed => handed.Constant is null && FlagWord.NamesIn(handed).Intersect(FlagWord.NamesIn(argument), StringComparer.Ordinal).Any()))))
                {
                    context.Report(Dropped, argument, call.Name, Text(context, argument), parameter);
                }
            }
        }
    }

    /// <summary>A condition adds a flag to those that are always wanted; an assignment takes the others away.</summary>
    private static void CheckOverwritten(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        var assignments = context.Function.Body.DescendantsAndSelf<AssignmentExpression>()
            .Where(assignment => assignment.Value.Constant is > 0 && FlagWord.Of(assignment.Target) is { } word && words.Contains(word) && FlagWord.NamesIn(assignment.Value).Any()).ToList();
        foreach (var assignment in assignments.Where(static assignment => assignment.Compound is null))
        {
            if (FlagWord.Of(assignment.Target) is { IsPointee: false, Variable.Kind: VariableKind.Parameter } asked
                && (!assignment.Ancestors().OfType<IfStatement>().Any() || IsBetweenCalls(context.Function, assignment, asked)))
            {
                context.Report(SetAnew, assignment, asked);
            }
        }

        foreach (var assignment in assignments.Where(static assignment => assignment.Compound is null && assignment.Ancestors().OfType<IfStatement>().Any()))
        {
            // The condition comes after the other assignment, which every path to it has passed.
            var before = assignments.LastOrDefault(earlier => earlier.Span.Start < assignment.Span.Start && earlier.Compound is null && FlagWord.Of(earlier.Target) == FlagWord.Of(assignment.Target)
                && earlier.Parent is ExpressionStatement { Parent: BlockStatement block } && assignment.Ancestors().Contains(block));
            if (before is not null && (before.Value.Constant & ~assignment.Value.Constant) is not 0)
            {
                context.Report(Overwritten, assignment, [context.Step(before, "sets the flags that are always wanted"), context.Step(assignment, "sets others in their place")], FlagWord.Of(assignment.Target), string.Join(" | ", FlagWord.NamesIn(before.Value).Except(FlagWord.NamesIn(assignment.Value), StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>
    /// pin_user_pages() and its variants are there to ask for FOLL_PIN, get_user_pages_fast() and its own for FOLL_GET: below them nothing else says how the pages are held.
    /// In newer kernels a helper gets the flag as an argument.
    /// </summary>
    private static void CheckKind(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        var kind = context.Function.Name switch
        {
            var name when name.StartsWith("pin_user_pages", StringComparison.Ordinal) => "FOLL_PIN",
            var name when name.StartsWith("get_user_pages_fast", StringComparison.Ordinal) => "FOLL_GET",
            _ => null,
        };
        if (kind is null || words.FirstOrDefault(static word => word is { Variable.Kind: VariableKind.Parameter, IsPointee: false }) is not { Variable: { } parameter } word)
        {
            return;
        }

        var isAsked = context.Function.Body.DescendantsAndSelf().Any(node => node switch
        {
            AssignmentExpression assignment => FlagWord.NamesIn(assignment.Value).Contains(kind, StringComparer.Ordinal),
            CallExpression call => call.Arguments.Any(argument => argument.Unwrapped is not BinaryExpression { Operator: BinaryOperator.BitwiseAnd } && !IsQuestion(call) && FlagWord.NamesIn(argument).Contains(kind, StringComparer.Ordinal)),
            _ => false,
        });
        if (!isAsked && context.Function.Body.DescendantsAndSelf<ReturnStatement>().Select(static @return => @return.Value?.Unwrapped)
            .Concat(context.Function.Body.DescendantsAndSelf<AssignmentExpression>().Select(static assignment => assignment.Value.Unwrapped)).OfType<CallExpression>()
            .FirstOrDefault(call => call.Arguments.Any(argument => FlagWord.UnitedIn(argument).Any(handed => handed.Variable == parameter))) is { } handing)
        {
            context.Report(NotAsked, handing, context.Function.Name, word, kind);
        }
    }

    /// <summary>True for what only weighs a condition.</summary>
    private static bool IsQuestion(CallExpression call) => call.Function?.Name.StartsWith("__builtin_", StringComparison.Ordinal) == true;

    private static string Text(FunctionAnalysisContext context, Expression expression) => context.Unit.Text.Slice(expression.Span);
}
