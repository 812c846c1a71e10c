using System.Collections.Immutable;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A loop moves its cursor in its body, and a <c>continue</c> passes the step by: what that way has asked is as it was, so the next round goes the same way, and so on for ever. Typical of a
/// <c>for</c> that became a <c>while</c>.
/// </summary>
internal static class IdleWay
{
    /// <summary>Ways that are followed through one round; a loop with more is left alone.</summary>
    private const int MaximumWays = 200;

    private static readonly HashSet<string> Entries = ["pte_t", "pmd_t", "pud_t", "p4d_t", "pgd_t"];

    /// <summary>The variables that a loop's condition asks and that some way through a round leaves alone, as it does everything else; with the last question on that way.</summary>
    public static (Expression Question, IReadOnlyList<VariableSymbol> Cursors)? In(LoopRound round, FunctionDefinition function)
    {
        if (round.Loop is not (WhileStatement or ForStatement { Increment: null }) || round.Condition is not BinaryExpression { Constant: null } condition || !round.Loop.DescendantsAndSelf<ContinueStatement>().Any())
        {
            return null;
        }

        var cursors = condition.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().Distinct().ToList();
        return cursors.Count > 0 && cursors.TrueForAll(static variable => variable.IsAutomatic) && cursors.Exists(cursor => round.Writes(LoopRound.IsVariable(cursor)))
            && !function.Body.DescendantsAndSelf<UnaryExpression>().Any(address => address.Operator == UnaryOperator.AddressOf && cursors.Exists(cursor => LoopRound.IsVariable(cursor)(address.Operand)))
            && Find(round) is { } question ? (question, cursors) : null;
    }

    /// <summary>The last question of a way from the head to the head that changes nothing which a way reads.</summary>
    private static Expression? Find(LoopRound round)
    {
        var ways = 0;
        var work = new Stack<(BasicBlock Block, ImmutableHashSet<Symbol> Read, ImmutableHashSet<Symbol> Written, Expression? Question)>([(round.Head, [], [], null)]);
        while (work.TryPop(out var item) && ways++ < MaximumWays)
        {
            var (block, read, written, question) = item;
            if (!Pass(block, ref read, ref written))
            {
                continue;
            }

            foreach (var edge in block.Successors)
            {
                var asked = edge.Condition is BranchCondition branch && branch.Expression != round.Condition ? branch.Expression : question;
                if (round.Ends(edge))
                {
                    if (asked is not null)
                    {
                        return asked;
                    }
                }
                else if (round.Blocks.Contains(edge.To) && edge.To.Index > block.Index)
                {
                    work.Push((edge.To, read, written, asked));
                }
            }
        }

        return null;
    }

    /// <summary>Goes through a block; false if the next round may find something else there.</summary>
    private static bool Pass(BasicBlock block, ref ImmutableHashSet<Symbol> read, ref ImmutableHashSet<Symbol> written)
    {
        foreach (var node in block.Nodes)
        {
            switch (node)
            {
                case NameExpression { Symbol: VariableSymbol variable } name:
                    if (!IsTarget(name) && !written.Contains(variable))
                    {
                        read = read.Add(variable);
                    }

                    break;
                case AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } }:
                    if (read.Contains(variable))
                    {
                        return false;
                    }

                    written = written.Add(variable);
                    break;
                case LocalDeclaration declaration:
                    written = written.Add(declaration.Symbol);
                    break;
                case CallExpression call:
                    if (!AsksValue(call))
                    {
                        return false;
                    }

                    break;
                case AssignmentExpression or AsmStatement or StatementExpression or UnaryExpression { IsStep: true } or UnaryExpression { Operator: UnaryOperator.AddressOf }:
                    return false;
            }
        }

        return true;
    }

    private static bool IsTarget(NameExpression name) => name.Parent is AssignmentExpression { Compound: null } assignment && assignment.Target == name;

    /// <summary>True for a question about a number or a page table entry that is handed over by value, <c>pte_none(ptent)</c>, and for the reading of an entry: the answer is the same in the next round.</summary>
    private static bool AsksValue(CallExpression call) => call is { Function: not null, Arguments: [var argument] } && call.Type.Canonical is not VoidType
        && (argument.Type is TypedefType { Spelling: var value } ? Entries.Contains(value) : call.Type is TypedefType { Spelling: var entry } && Entries.Contains(entry) && TableCursor.IsEntryPointer(argument.Type));
}
