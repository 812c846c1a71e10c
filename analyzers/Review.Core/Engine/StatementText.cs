using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// The statement that a finding is about, as text for its fingerprint. Of a compound statement only the head
/// counts: an edit inside a loop's body must not rename a finding at the loop's condition. Of a call in a condition only the call counts: a condition may be
/// turned round.
/// </summary>
internal static class StatementText
{
    /// <summary>The text around a node.</summary>
    public static string Around(Node node, SourceText text)
    {
        // A statement out of a macro's body has the invocation's place: the statement that the file spells says more.
        var spelled = node.Ancestors().Prepend(node).OfType<Statement>().FirstOrDefault(candidate => candidate.Origin.IsInFile);
        var isCondition = node is CallExpression { Origin.Kind: OriginKind.Spelled } && spelled is IfStatement or WhileStatement or DoStatement or ForStatement;
        return text.Slice(spelled is null || isCondition || (spelled is BlockStatement && spelled != node) ? node.Span : Head(spelled));
    }

    /// <summary>The text around a range of bytes.</summary>
    public static string Around(TextSpan span, FunctionDefinition? function, SourceText text)
    {
        var statement = function?.Body.DescendantsAndSelf()
            .OfType<Statement>()
            .Where(candidate => candidate is not BlockStatement && candidate.Origin.IsInFile && candidate.Span.Contains(span))
            .MinBy(candidate => candidate.Span.Length);
        return text.Slice(statement is null ? span : Head(statement));
    }

    private static TextSpan Head(Statement statement)
    {
        if (statement is DoStatement loop)
        {
            return loop.Condition.Span;
        }

        var body = statement switch
        {
            BlockStatement block => block.Statements.FirstOrDefault(),
            IfStatement branch => branch.Then,
            WhileStatement @while => @while.Body,
            ForStatement @for => @for.Body,
            SwitchStatement choice => choice.Body,
            SwitchLabel label => label.Body,
            LabelStatement label => label.Body,
            _ => null,
        };
        return body is null || body.Span.Start <= statement.Span.Start ? statement.Span : statement.Span with { End = body.Span.Start };
    }
}
