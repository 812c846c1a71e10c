using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>Names, types and values: what expressions refer to and what is known of it.</summary>
public sealed class SymbolTests
{
    [Fact]
    public void A_name_is_the_same_object_wherever_it_is_used()
    {
        var function = Snippet.Function("int g; int f(int a) { { int a = g; g = a; } return a; }");
        var (outer, names) = (Assert.Single(function.Parameters), function.Body.All<NameExpression>());
        var inner = function.Body.Only<LocalDeclaration>().Symbol;
        Assert.Equal(["g", "g", "a", "a"], names.Select(static name => name.Symbol.Name));
        Assert.Same(names[0].Symbol, names[1].Symbol);
        Assert.Same(inner, names[2].Symbol);
        Assert.Same(outer, names[3].Symbol);
        Assert.NotSame(inner, outer);
    }

    [Fact]
    public void Declarations_of_one_function_are_one_symbol()
    {
        var unit = Snippet.Parse("static int g(int); int f(void) { return g(1); } static int g(int x) { return g(x); }");
        var symbols = unit.Functions.SelectMany(static function => function.Body.All<CallExpression>()).Select(static call => call.Function).Append(unit.Functions[1].Symbol);
        Assert.Single(symbols.Distinct());
        Assert.True(unit.Functions[1].Symbol is { IsStatic: true, IsInline: false, IsNoReturn: false });
    }

    [Theory]
    [InlineData("int x;", "x", VariableKind.Local)]
    [InlineData("static int x;", "x", VariableKind.StaticLocal)]
    [InlineData("extern int x;", "x", VariableKind.Global)]
    [InlineData("", "a", VariableKind.Parameter)]
    [InlineData("", "global", VariableKind.Global)]
    public void Variables_know_how_long_they_live(string declaration, string name, VariableKind kind)
    {
        var variable = (VariableSymbol)Snippet.Body($"{declaration} {name} = 1;").Only<NameExpression>().Symbol;
        Assert.Equal(kind, variable.Kind);
        Assert.Equal(kind is VariableKind.Local or VariableKind.Parameter, variable.IsAutomatic);
    }

    [Fact]
    public void Parameters_are_numbered()
    {
        var function = Snippet.Function("void f(int a, char *b, ...) { }");
        Assert.Equal([("a", 0), ("b", 1)], function.Parameters.Select(static parameter => (parameter.Name, parameter.Ordinal)));
        Assert.True(function.Symbol.Signature is { IsVariadic: true, Parameters: [IntegerType, PointerType], Result: VoidType });
    }

    [Theory]
    [InlineData("value", 64, 0, "node")]
    [InlineData("low", 96, 3, "node")]
    [InlineData("high", 99, 5, "node")]
    [InlineData("in.y", 32, 0, "inner")]
    [InlineData("second", 144, 0, "node")]
    public void Fields_know_their_place(string member, int offset, int width, string record)
    {
        var field = Snippet.Body($"p->{member} = 1;").All<MemberExpression>()[0].Field;
        Assert.Equal((offset, width, record), (field.OffsetBits, field.BitWidth, field.Record));
    }

    [Theory]
    [InlineData("call(a)", "call", null)]
    [InlineData("(call)(a)", "call", null)]
    [InlineData("(*call)(a)", null, null)]
    [InlineData("p->op(p, 1)", null, "op")]
    [InlineData("(p->op)(p, 1)", null, "op")]
    public void Calls_know_what_they_call(string call, string? function, string? operation)
    {
        var node = Snippet.Body(call + ";").Only<CallExpression>();
        Assert.Equal((function, operation), (node.Function?.Name, node.Operation?.Name));
    }

    [Fact]
    public void Functions_that_do_not_return_are_known()
    {
        var body = Snippet.Body("stop(); call(1);");
        Assert.Equal([true, false], body.All<CallExpression>().Select(static call => call.Function!.IsNoReturn));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-1", -1)]
    [InlineData("~0UL", -1)]
    [InlineData("0xffffffffffffffff", -1)]
    [InlineData("(char)300", 44)]
    [InlineData("GREEN | 2", 7)]
    [InlineData("sizeof(long) == 8 ? 1 : a", 1)]
    [InlineData("!1", 0)]
    [InlineData("1 && 0", 0)]
    [InlineData("'\\n'", 10)]
    [InlineData("a", null)]
    [InlineData("({ const int c = 3; c + 1; })", 4)]
    [InlineData("({ const int c = a; c + 1; })", null)]
    [InlineData("a || 1", 1)]
    [InlineData("a && 0", 0)]
    [InlineData("&global != (int *)0", 1)]
    [InlineData("a ? 1 : 1", null)]
    [InlineData("a + 1", null)]
    [InlineData("call(1)", null)]
    [InlineData("1 / 0", null)]
    [InlineData("({ 3; })", 3)]
    [InlineData("(_Bool)7", 1)]
    [InlineData("__builtin_ffs(8)", 4)]
    [InlineData("(unsigned __int128)1 << 100", null)]
    public void Constants_are_computed(string expression, int? value) =>
        Assert.Equal((long?)value, ((ExpressionStatement)Snippet.Body(expression + ";").Statements[0]).Expression.Constant);

    [Fact]
    public void Null_pointers_are_constant_zero()
    {
        var value = Snippet.Body("p = (void *)0;").Only<AssignmentExpression>().Value;
        Assert.True(value is { Constant: null, Type: PointerType } and CastExpression { Operand.Constant: 0 });
        value = Snippet.Body("p = 0;").Only<AssignmentExpression>().Value;
        Assert.True(value is CastExpression { Kind: CastKind.NullPointer, Constant: 0 });
    }

    [Theory]
    [InlineData("a = b;", "b")]
    [InlineData("a += b;", "b")]
    [InlineData("*q = a;", "q a")]
    [InlineData("q[a] = b;", "q a b")]
    [InlineData("call(a, &b);", "a")]
    [InlineData("p->value = p->in.x;", "p p in.x")]
    [InlineData("sizeof(a); &p->value;", "p")]
    [InlineData("a++; --b;", "")]
    public void Reads_are_marked(string statements, string reads)
    {
        var marked = Snippet.Body(statements).All<Expression>().Where(static expression => expression.IsRead);
        var names = marked.Select(static expression => Unparse.Of(expression)).Select(static text => text.StartsWith("p->", StringComparison.Ordinal) ? text[3..] : text);
        Assert.Equal(reads.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), names.Where(static text => !text.StartsWith('(')).Order());
    }

    [Fact]
    public void Types_of_a_unit_are_shared()
    {
        var body = Snippet.Body("struct node *x = p, **y = &x; size_type n = 1; unsigned long m = n;");
        var locals = body.All<LocalDeclaration>().Select(static local => local.Symbol.Type).ToList();
        Assert.Same(locals[0], body.Only<UnaryExpression>().Operand.Type);
        Assert.True(locals[0].IsPointerTo("node"));
        Assert.True(locals[1].IsPointerToPointerTo("node"));
        Assert.True(locals[2] is TypedefType { Spelling: "size_type", Size: 8 });
        Assert.Same(locals[3], locals[2].Canonical);
    }

    [Theory]
    [InlineData("char", typeof(IntegerType), 1)]
    [InlineData("unsigned short", typeof(IntegerType), 2)]
    [InlineData("_Bool", typeof(IntegerType), 1)]
    [InlineData("__int128", typeof(IntegerType), 16)]
    [InlineData("double", typeof(FloatingType), 8)]
    [InlineData("enum color", typeof(EnumType), 4)]
    [InlineData("struct node", typeof(RecordType), 56)]
    [InlineData("union { int i; long l; }", typeof(RecordType), 8)]
    [InlineData("typeof(p->in)", typeof(RecordType), 8)]
    [InlineData("typeof(int[3])", typeof(ArrayType), 12)]
    [InlineData("typeof(int[a])", typeof(ArrayType), -1)]
    [InlineData("typeof(&call)", typeof(PointerType), 8)]
    [InlineData("int __attribute__((vector_size(16)))", typeof(OpaqueType), 16)]
    [InlineData("const volatile int", typeof(IntegerType), 4)]
    public void Types_are_taken_apart(string type, Type kind, int size)
    {
        var local = Snippet.Body($"{type} x;").Only<LocalDeclaration>().Symbol.Type.Canonical;
        Assert.IsType(kind, local);
        Assert.Equal(size, local.Size);
    }

    [Fact]
    public void Deduced_types_are_the_deduced_ones()
    {
        var locals = Snippet.Body("__auto_type x = p; __typeof__(*p) y;").All<LocalDeclaration>().Select(static local => local.Symbol.Type).ToList();
        Assert.True(locals[0].IsPointerTo("node"));
        Assert.True(locals[1].IsRecord("node"));
    }

    [Fact]
    public void Records_without_a_tag_have_the_name_of_their_typedef_and_no_path_in_their_spelling()
    {
        var body = Snippet.Function("typedef struct { long pte; } pte_t; void f(pte_t t) { struct { int x; } s; s.x = t.pte; }").Body;
        Assert.Equal(["", "pte_t"], body.All<MemberExpression>().Select(static member => member.Field.Record));
        Assert.All(body.All<NameExpression>(), static name => Assert.DoesNotContain("snippet", name.Symbol.Type.Spelling, StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_of_the_file_does_not_say_where_the_tree_lies() =>
        Assert.Equal("\"mm/snippet.c\"", Snippet.Body("__FILE__;").Only<StringExpression>().Text);

    [Fact]
    public void Globals_have_their_initializers()
    {
        var unit = Snippet.Parse("int put(int); struct ops { int (*put)(int); int n; }; static const struct ops o = { .put = put, .n = 3 }; extern int e; int plain;");
        Assert.Equal(["o", "e", "plain"], unit.Globals.Select(static global => global.Symbol.Name));
        Assert.Equal("{.put = put, .n = 3}", Unparse.Of(unit.Globals[0].Initializer));
        Assert.Null(unit.Globals[1].Initializer);
        Assert.Same(unit.Globals[0].Symbol.Type, unit.Globals[0].Initializer!.Type);
    }

    [Fact]
    public void Static_functions_and_inline_ones_are_told_apart()
    {
        var unit = Snippet.Parse("static inline int g(void) { return 1; } int h(void) { return 2; }");
        Assert.Equal([(true, true), (false, false)], unit.Functions.Select(static function => (function.Symbol.IsStatic, function.Symbol.IsInline)));
    }
}
