namespace Review.Tables.Lookups;

/// <summary>Which parameters of a file's functions, and which members of structures, hold an advice: those that are compared with one, and what is handed on to them.</summary>
internal sealed class AdviceParameters
{
    private readonly CFile file;
    private readonly HashSet<(string Function, string Name)> variables = [];
    private readonly HashSet<string> fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> tables;

    /// <param name="file">The file.</param>
    /// <param name="known">What holds an advice in the same file with other options on; null for nothing. Without its options a table may be empty, and is still one.</param>
    public AdviceParameters(CFile file, AdviceParameters? known)
    {
        this.file = file;
        variables.UnionWith(known?.variables ?? []);
        fields.UnionWith(known?.fields ?? []);
        tables = [.. known?.tables ?? [], .. file.Variables.Values.Where(static variable => variable is { IsArray: true, Value: CList list } && list.Elements.Any(static element => IsAdvice(element.Index))).Select(static variable => variable.Name)];
        var code = file.Functions.Values.Select(static function => (function.Name, Statements: Walk(function.Body).ToList())).ToList();
        for (var before = -1; before < variables.Count + fields.Count;)
        {
            before = variables.Count + fields.Count;
            foreach (var (name, statements) in code)
            {
                foreach (var statement in statements)
                {
                    Look(name, statement);
                }
            }
        }
    }

    /// <summary>The arrays whose elements are named by advice.</summary>
    public IReadOnlySet<string> Tables => tables;

    public bool IsField(string field) => fields.Contains(field);

    public bool Contains(string function, string parameter) => variables.Contains((function, parameter));

    /// <summary>A statement and all below it.</summary>
    public static IEnumerable<CStatement> Walk(CStatement statement) => (statement switch
    {
        CBlock block => block.Statements,
        CIf @if => @if.Else is null ? [@if.Then] : [@if.Then, @if.Else],
        CSwitch @switch => [@switch.Body],
        CLoop loop => [loop.Body],
        _ => Array.Empty<CStatement>(),
    }).SelectMany(Walk).Prepend(statement);

    /// <summary>The expressions of a statement itself.</summary>
    public static IEnumerable<CExpression> ExpressionsOf(CStatement statement) => (statement switch
    {
        CIf @if => @if.Condition,
        CSwitch @switch => @switch.Subject,
        CReturn @return => @return.Value,
        CDeclaration declaration => declaration.Initializer,
        CExpressionStatement expression => expression.Expression,
        CLoop loop => loop.Condition,
        CCase @case => @case.Low,
        _ => null,
    })?.DescendantsAndSelf() ?? [];

    private static bool IsAdvice(CExpression? expression) => expression is CName { Name: var name } && Decisions.Advice.IsName(name);

    private void Look(string function, CStatement statement)
    {
        if (statement is CSwitch { Body: var body } @switch && Walk(body).OfType<CCase>().Any(static @case => IsAdvice(@case.Low)))
        {
            Add(function, @switch.Subject);
        }

        if (statement is CDeclaration { Initializer: { } initializer } declaration && variables.Contains((function, declaration.Name)))
        {
            Add(function, initializer);
        }

        foreach (var expression in ExpressionsOf(statement))
        {
            switch (expression)
            {
                case CBinary { Operator: "==" or "!=" } comparison when IsAdvice(comparison.Right):
                    Add(function, comparison.Left);
                    break;
                case CBinary { Operator: "==" or "!=" } comparison when IsAdvice(comparison.Left):
                    Add(function, comparison.Right);
                    break;
                case CIndex { Target: CName { Name: var table } } index when tables.Contains(table):
                    Add(function, index.Index);
                    break;
                case CCall { Function: CName { Name: var name } } call when file.Functions.GetValueOrDefault(name) is { } callee:
                    foreach (var (parameter, argument) in callee.Parameters.Zip(call.Arguments))
                    {
                        if (variables.Contains((name, parameter.Name)))
                        {
                            Add(function, argument);
                        }
                    }

                    break;
            }
        }
    }

    private void Add(string function, CExpression expression)
    {
        switch (expression)
        {
            case CName { Name: var name }:
                _ = variables.Add((function, name));
                break;
            case CUnary { Operator: "*" or "&" } unary:
                Add(function, unary.Operand);
                break;
            case CMember { Target: var target } member:
                _ = fields.Add(member.Field);
                Add(function, target);
                break;
        }
    }
}
