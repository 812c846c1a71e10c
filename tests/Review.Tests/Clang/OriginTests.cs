using System.Text;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>Where nodes come from: the file itself, the bodies of macros and their arguments.</summary>
public sealed class OriginTests
{
    private const string Macros = """
        #define ZERO 0
        #define TWICE(x) ((x) + (x))
        #define TAKE(kept, dropped) use(kept)
        #define OUTER(v) TWICE((v) * 2)
        #define PASTE(a, b) a##b
        #define TEXT(x) #x
        #define EACH(i, n) for (i = 0; i < (n); i++)
        #define BLOCK(x) do { use(x); } while (0)
        #define MANY(first, ...) use_all(first, ##__VA_ARGS__)
        extern int use(int); extern int use_all(int, ...); extern void print(const char *);
        static int ab;

        """;

    [Fact]
    public void Written_in_the_file()
    {
        var node = Body("return a + 1;").Only<BinaryExpression>();
        Assert.Equal((OriginKind.Spelled, null, null, -1), Where(node));
        Assert.True(node.Origin.IsInFile);
    }

    [Fact]
    public void Body_of_a_macro()
    {
        var body = Body("return ZERO;");
        Assert.Equal((OriginKind.MacroBody, "ZERO", "ZERO", -1), Where(body.Only<LiteralExpression>()));
        Assert.Equal("ZERO", TextOf<LiteralExpression>("return ZERO;"));
        Assert.Equal((OriginKind.Spelled, null, null, -1), Where(body.Only<ReturnStatement>()));
    }

    [Fact]
    public void Argument_of_a_macro()
    {
        var body = Body("return TAKE( a , b);");
        var argument = Assert.Single(body.All<NameExpression>(), static name => name.Symbol.Name == "a");
        Assert.Equal((OriginKind.MacroArgument, "TAKE", null, 0), Where(argument));
        Assert.Equal("a", TextOf<NameExpression>("return TAKE( a , b);", 1));
        Assert.True(argument.Origin.IsInFile);
        Assert.Equal((OriginKind.MacroBody, "TAKE", "TAKE", -1), Where(body.Only<CallExpression>()));
        Assert.Equal("TAKE( a , b)", TextOf<CallExpression>("return TAKE( a , b);"));
    }

    [Fact]
    public void An_argument_that_is_used_twice_stands_twice_in_the_tree_and_once_in_the_file()
    {
        var names = Body("return TWICE(a);").All<NameExpression>();
        Assert.Equal(2, names.Length);
        Assert.Equal(names[0].Span, names[1].Span);
    }

    [Fact]
    public void Arguments_that_the_macro_throws_away_are_known()
    {
        var function = Function("return TAKE(a, TWICE(b) + 1) + TWICE(b);");
        var take = Assert.Single(function.Macros, static macro => macro.Name == "TAKE");
        Assert.Equal([("a", false), ("TWICE(b) + 1", true)], take.Arguments.Select(static argument => (argument.Text, argument.IsDiscarded)));
        Assert.Equal([0, 1], take.Arguments.Select(static argument => argument.Index));

        // What is thrown away is not expanded first.
        Assert.Equal(["TAKE", "TWICE"], function.Macros.Select(static macro => macro.Name));
        Assert.False(function.Macros[1].Arguments[0].IsDiscarded);
    }

    [Fact]
    public void A_macro_in_a_macro_is_named_by_the_inner_one_and_placed_by_the_outer_one()
    {
        var body = Body("return OUTER(a);");
        Assert.Equal((OriginKind.MacroBody, "OUTER", "TWICE", -1), Where(body.All<BinaryExpression>()[0]));
        Assert.All(body.All<NameExpression>(), static name => Assert.Equal((OriginKind.MacroArgument, "OUTER", null, 0), Where(name)));
        Assert.Equal("OUTER(a)", TextOf<BinaryExpression>("return OUTER(a);"));
    }

    [Fact]
    public void A_macro_in_an_argument_is_an_invocation_of_its_own()
    {
        var function = Function("return TAKE(TWICE(a), b);");
        Assert.Equal(["TAKE", "TWICE"], function.Macros.Select(static macro => macro.Name));
        Assert.Equal("TWICE(a)", TextOf<BinaryExpression>("return TAKE(TWICE(a), b);"));
        Assert.False(function.Macros[0].Arguments[0].IsDiscarded);
    }

    [Fact]
    public void Pasted_and_stringified_tokens_are_nowhere_in_the_file()
    {
        var body = Body("print(TEXT(a b)); return PASTE(a, b);");
        Assert.Equal((OriginKind.Pasted, "PASTE", null, -1), Where(body.All<NameExpression>()[^1]));
        Assert.Equal("PASTE(a, b)", TextOf<NameExpression>("print(TEXT(a b)); return PASTE(a, b);", 1));
        Assert.Equal((OriginKind.Pasted, "TEXT", null, -1), Where(body.Only<StringExpression>()));
        Assert.False(body.Only<StringExpression>().Origin.IsInFile);
    }

    [Fact]
    public void Loops_of_macros_have_all_their_parts()
    {
        var loop = Body("int i; EACH(i, a) use(i); return 0;").Only<ForStatement>();
        Assert.Equal("for ((i = 0); | (i Less a) | (PostIncrement i)) use(i);", Unparse.Of(loop));
        Assert.Equal((OriginKind.MacroBody, "EACH", "EACH", -1), Where(loop));
        Assert.Equal("EACH(i, a) use(i)", TextOf<ForStatement>("int i; EACH(i, a) use(i); return 0;"));
        Assert.Equal((OriginKind.Spelled, null, null, -1), Where(loop.Body));
    }

    [Fact]
    public void Variadic_macros_number_their_arguments_as_written()
    {
        var function = Function("return MANY(a, 1, (2, 3));");
        Assert.Equal(["a", "1", "(2, 3)"], function.Macros[0].Arguments.Select(static argument => argument.Text));
        Assert.Equal([0, 1, 2, 2], function.Body.Only<CallExpression>().Arguments.SelectMany(static argument => argument.All<Expression>())
            .Where(static node => node is LiteralExpression or NameExpression).Select(static node => node.Origin.Argument));
    }

    [Theory]
    [InlineData("TAKE(\n\ta, /* why */\n\tb)", "a|b")]
    [InlineData("TAKE((a, b), b)", "(a, b)|b")]
    [InlineData("TAKE(({ int x[] = { a, b }; x[0]; }), b)", "({ int x[] = { a, b }; x[0]; })|b")]
    [InlineData("TAKE(',', b)", "','|b")]
    [InlineData("TAKE /* , */ (a, b)", "a|b")]
    [InlineData("TAKE(a,)", "a|")]
    public void Arguments_are_split_as_the_preprocessor_does(string call, string arguments)
    {
        var function = Function($"return {call};");
        Assert.Equal(arguments.Split('|'), function.Macros[0].Arguments.Select(static argument => argument.Text));
    }

    [Fact]
    public void The_name_of_a_macro_without_parentheses_is_no_invocation_of_it()
    {
        var function = Snippet.Function("#define use(x) x\nstatic int (use)(int x) { return x; }\nint f(void) { return (use)(1) + use(2); }");
        Assert.Equal(["use"], function.Macros.Select(static macro => macro.Name));
    }

    [Fact]
    public void Functions_that_a_macro_names_are_placed_at_the_macro()
    {
        var unit = Snippet.Parse("#define DEFINE(n) int do_##n(int x)\n\nDEFINE(one) { return x; }\n");
        var function = Assert.Single(unit.Functions);
        Assert.Equal("do_one", function.Name);
        Assert.Equal("DEFINE(one)", unit.Text.Slice(function.NameSpan));
        Assert.Equal(3, unit.Text.PositionOf(function.Span.Start).Line);
    }

    [Fact]
    public void Lines_and_columns_count_from_one_and_in_bytes()
    {
        var function = Snippet.Function("/* \u00e4\u00f6 */ int f(int a)\r\n{\r\n\treturn a +\r\n\t\ta;\r\n}");
        var text = function.Body.Only<ReturnStatement>().Span;
        var unit = Snippet.Parse("/* \u00e4\u00f6 */ int f(int a)\r\n{\r\n\treturn a +\r\n\t\ta;\r\n}").Text;
        Assert.Equal(new LinePosition(3, 2), unit.PositionOf(text.Start));
        Assert.Equal(new LinePosition(4, 4), unit.PositionOf(text.End));
        Assert.Equal(new LinePosition(1, 16), unit.PositionOf(function.NameSpan.Start));
        Assert.Equal("f", unit.Slice(function.NameSpan));
    }

    [Theory]
    [InlineData("if (a) { b = 1; } else b = 2;", "if (a) { b = 1; } else b = 2")]
    [InlineData("a = b ? 1 : (2);", "a = b ? 1 : (2)")]
    [InlineData("int x = (3);", "int x = (3)")]
    [InlineData("while (a)\n\t;", "while (a)\n\t;")]
    public void Spans_run_from_the_first_to_the_last_token(string statement, string span) =>
        Assert.Equal(span, TextOf<Statement>(statement, 1));

    private static (OriginKind Kind, string? Invocation, string? Macro, int Argument) Where(Node node) =>
        (node.Origin.Kind, node.Origin.Invocation?.Name, node.Origin.Macro, node.Origin.Argument);

    private static FunctionDefinition Function(string statements) => Snippet.Function(Source(statements));

    private static BlockStatement Body(string statements) => Function(statements).Body;

    /// <summary>The text of the span of the n-th node of a kind.</summary>
    private static string TextOf<TNode>(string statements, int index = 0)
        where TNode : Node => new SourceText("", Encoding.UTF8.GetBytes(Source(statements))).Slice(Body(statements).All<TNode>()[index].Span);

    private static string Source(string statements) => $"{Macros}int f(int a, int b)\n{{\n\t{statements}\n}}\n";
}
