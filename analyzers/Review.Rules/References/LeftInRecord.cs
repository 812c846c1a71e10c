using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>
/// A record of a function's own in which callees leave a reference, as follow_page_mask() leaves the map of a device in <c>ctx.pgmap</c>. The function has to give back what it finds there.
/// </summary>
internal sealed class LeftInRecord(TranslationUnit unit)
{
    private const string Map = "dev_pagemap";

    /// <summary>The members whose address goes to somebody who may leave a reference there, by the name of the record.</summary>
    private readonly ILookup<string, FieldSymbol> members = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<UnaryExpression>())
        .Where(static address => address.Operator == UnaryOperator.AddressOf).Select(static address => address.Operand.Unwrapped)
        .OfType<MemberExpression>().Where(static member => member.IsArrow && member.Type.IsPointerTo(Map)).Select(static member => member.Field).Distinct().ToLookup(static field => field.Record, StringComparer.Ordinal);

    /// <summary>The records whose reference nobody gives back, or some path does not, with the call that gets their address.</summary>
    public static IEnumerable<(LocalDeclaration Record, FieldSymbol Member, CallExpression Callee)> In(FunctionAnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Facts.Get(static unit => new LeftInRecord(unit)).Find(context.Function);
    }

    /// <summary>True if a path leads from a call to the end of the function without a look at a member.</summary>
    private static bool EndsUnseen(FunctionDefinition function, CallExpression from, FieldSymbol member)
    {
        var graph = ControlFlowGraph.Create(function);
        var work = new Stack<(BasicBlock Block, int Start)>(graph.Blocks.Where(block => block.Nodes.Contains(from)).Select(block => (block, block.Nodes.TakeWhile(node => node != from).Count() + 1)));
        var seen = new HashSet<BasicBlock>();
        while (work.TryPop(out var item))
        {
            if (item.Block == graph.Exit)
            {
                return true;
            }

            foreach (var edge in item.Block.Nodes.Skip(item.Start).Any(node => node is MemberExpression looked && looked.Field == member) ? [] : item.Block.Successors)
            {
                if (seen.Add(edge.To))
                {
                    work.Push((edge.To, 0));
                }
            }
        }

        return false;
    }

    private IEnumerable<(LocalDeclaration Record, FieldSymbol Member, CallExpression Callee)> Find(FunctionDefinition function)
    {
        if (members.Count == 0)
        {
            yield break;
        }

        var nodes = function.Body.DescendantsAndSelf().ToList();
        foreach (var declaration in nodes.OfType<LocalDeclaration>().Where(static declaration => declaration.Symbol.Type.Canonical is RecordType))
        {
            var callee = nodes.OfType<CallExpression>().FirstOrDefault(call => call.Function is not null && call.Arguments.Any(argument =>
                argument.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } && name.Symbol == declaration.Symbol));
            foreach (var member in callee is null ? [] : members[((RecordType)declaration.Symbol.Type.Canonical).Name])
            {
                if (!nodes.OfType<CallExpression>().Any(call => call.Function is { } put && ReferenceFacts.IsRelease(put.Name) && call.Arguments.Any(argument => argument.Unwrapped is MemberExpression given && given.Field == member))
                    || EndsUnseen(function, callee!, member))
                {
                    yield return (declaration, member, callee!);
                }
            }
        }
    }
}
