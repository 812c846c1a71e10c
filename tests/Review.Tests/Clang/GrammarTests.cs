using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>Every kind of statement and expression, each in a function of its own, and what the tree makes of it.</summary>
public sealed class GrammarTests
{
    /// <summary>Statements, and the tree written as C again.</summary>
    public static TheoryData<string, string> Statements { get; } = new()
    {
        { "{ a = 1; { } }", "{ (a = 1); { } }" },
        { "int x, y = 2; long *z;", "int x; int y = 2; long * z;" },
        { "static int x = 3; extern int other; x++;", "int x = 3; int other; (PostIncrement x);" },
        { "if (a) b = 1;", "if (a) (b = 1);" },
        { "if (a) b = 1; else if (b) ; else { a = 2; }", "if (a) (b = 1); else if (b) ; else { (a = 2); }" },
        { "while (a--) continue;", "while ((PostDecrement a)) continue;" },
        { "do { break; } while (0);", "do { break; } while (0);" },
        { "do a++; while (a < b);", "do (PostIncrement a); while ((a Less b));" },
        { "for (;;) break;", "for ( |  | ) break;" },
        { "for (a = 0;;) break;", "for ((a = 0); |  | ) break;" },
        { "for (; a;) break;", "for ( | a | ) break;" },
        { "for (;; a++) break;", "for ( |  | (PostIncrement a)) break;" },
        { "for (a = 0; a;) break;", "for ((a = 0); | a | ) break;" },
        { "for (a = 0;; a++) break;", "for ((a = 0); |  | (PostIncrement a)) break;" },
        { "for (; a; a++) break;", "for ( | a | (PostIncrement a)) break;" },
        { "for (int i = 0, j = 1; i < j; i++, j--) ;", "for (int i = 0; int j = 1; | (i Less j) | ((PostIncrement i) Comma (PostDecrement j))) ;" },
        { "for (; ({ int k = a; for (; k; k--) ; k; });) ;", "for ( | ({ int k = a; for ( | k | (PostDecrement k)) ; k; }) | ) ;" },
        { "switch (a) { case 1: b = 1; break; case 2: default: b = 2; }", "switch (a) { case 1=1: (b = 1); break; case 2=2: default: (b = 2); }" },
        { "switch (a) { case GREEN ... BLUE: b = 1; break; case -3 ... -1: ; }", "switch (a) { case GREEN=5...6: (b = 1); break; case -3=-3...-1: ; }" },
        { "switch (a) { case 1: b = 1; __attribute__((fallthrough)); case 2: ; }", "switch (a) { case 1=1: (b = 1); fallthrough; case 2=2: ; }" },
        { "switch (a) { case 'x': if (b) { case RED: b = 0; } }", "switch (a) { case 'x'=120: if (b) { case RED=0: (b = 0); } }" },
        { "goto out; a = 1; out: return a;", "goto out; (a = 1); out: return a;" },
        { "{ __label__ here; goto here; here: ; }", "{ goto here; here: ; }" },
        { "static void *table[] = { &&one, &&two }; goto *table[a]; one: two: ;", "void *[2] table = {&&one, &&two}; goto *table[a]; one: two: ;" },
        { "return a;", "return a;" },
        { "extern void g(void); g();", "g();" },
        { "struct local { int x; } l; enum { ONE = 1 }; typedef int number; number n = ONE;", "struct local l; number n = ONE;" },
        { "_Static_assert(sizeof(int) == 4, \"size\"); ;", ";" },
        { "asm volatile(\"nop\");", "asm(\"nop\" :  :  :  : );" },
        { "asm(\"\" ::: \"memory\", \"cc\");", "asm(\"\" :  :  : memory, cc : );" },
        { "asm(\"bt %1,%0\" : \"=r\" (a), \"+m\" (*q) : \"r\" (b), [n] \"i\" (sizeof(int)) : \"cc\");", "asm(\"bt %1,%0\" : =r a, +m (Dereference q) : r b, i SizeOf=4 : cc : );" },
        { "asm goto(\"jmp %l[out]\" : : \"r\" (a ? b : 1) : : out, other); other: a = 1; out: ;", "asm(\"jmp %l[out]\" :  : r (a ? b : 1) :  : out, other); other: (a = 1); out: ;" },
        { "register unsigned long sp asm(\"rsp\"); asm(\"\" : \"+r\" (sp));", "unsigned long sp; asm(\"\" : +r sp :  :  : );" },
        { "asm(\"for (;;) asm(\\\"x\\\")\" : : \"r\" (':'));", "asm(\"for (;;) asm(\\\"x\\\")\" :  : r 58 :  : );" },
    };

    /// <summary>Expressions, and the tree written as C again.</summary>
    public static TheoryData<string, string> Expressions { get; } = new()
    {
        { "12", "12" },
        { "0x1fUL", "31" },
        { "~0UL", "(BitwiseNot 0)" },
        { "'a'", "97" },
        { "1.5", "float" },
        { "\"te\" \"xt\"", "\"text\"" },
        { "L\"x\"", "L\"x\"" },
        { "__func__", "\"f\"" },
        { "BLUE", "BLUE" },
        { "p->next->value", "p->next->value" },
        { "(*p).value", "(Dereference p).value" },
        { "p->in.x", "p->in.x" },
        { "p->second", "p->second" },
        { "p->as_long", "p->as_long" },
        { "p->low", "p->low" },
        { "(&p->in)->y", "(AddressOf p->in)->y" },
        { "q[1]", "q[1]" },
        { "1[q]", "1[q]" },
        { "call(a, b, 3)", "call(a, b, 3)" },
        { "p->op(p, a)", "p->op(p, a)" },
        { "(*p->op)(p, a)", "(Dereference p->op)(p, a)" },
        { "-a", "(Minus a)" },
        { "+a", "(Plus a)" },
        { "!a", "(LogicalNot a)" },
        { "&p->value", "(AddressOf p->value)" },
        { "++a", "(PreIncrement a)" },
        { "--a", "(PreDecrement a)" },
        { "__real__ 1.0", "(Real float)" },
        { "__imag__ 1.0", "(Imaginary float)" },
        { "__extension__ a", "(Extension a)" },
        { "a * b / 3 % 4", "(((a Multiply b) Divide 3) Remainder 4)" },
        { "a + b - 3", "((a Add b) Subtract 3)" },
        { "a << b >> 3", "((a ShiftLeft b) ShiftRight 3)" },
        { "(a < b) + (a > b) + (a <= b) + (a >= b) + (a == b) + (a != b)", "((((((a Less b) Add (a Greater b)) Add (a LessOrEqual b)) Add (a GreaterOrEqual b)) Add (a Equal b)) Add (a NotEqual b))" },
        { "a & b ^ 3 | 4", "(((a BitwiseAnd b) BitwiseXor 3) BitwiseOr 4)" },
        { "a && b || 3", "((a LogicalAnd b) LogicalOr 3)" },
        { "a = b = 3", "(a = (b = 3))" },
        { "a += b, a -= b, a *= b, a /= b, a %= b", "(((((a Add= b) Comma (a Subtract= b)) Comma (a Multiply= b)) Comma (a Divide= b)) Comma (a Remainder= b))" },
        { "a <<= b, a >>= b, a &= b, a |= b, a ^= b", "(((((a ShiftLeft= b) Comma (a ShiftRight= b)) Comma (a BitwiseAnd= b)) Comma (a BitwiseOr= b)) Comma (a BitwiseXor= b))" },
        { "a ? b : 3", "(a ? b : 3)" },
        { "a ? call(1) : (void)b", "(a ? call(1) : (void)b)" },
        { "a ?: b", "(a ?: b)" },
        { "(a ?: b) ?: 3", "((a ?: b) ?: 3)" },
        { "call(1) ?: ({ int k = 0; for (; k < 3;) k++; k; })", "(call(1) ?: ({ int k = 0; for ( | (k Less 3) | ) (PostIncrement k); k; }))" },
        { "(long)a", "(long)a" },
        { "(struct node *)q", "(struct node *)q" },
        { "(typeof(a + 1))b", "(int)b" },
        { "(void)a", "(void)a" },
        { "({ int t = a; t + 1; })", "({ int t = a; (t Add 1); })" },
        { "({ a; ({ b; }); })", "({ a; ({ b; }); })" },
        { "({ })", "({ })" },
        { "(struct inner){ 1, 2 }", "(struct inner){1, 2}" },
        { "(struct inner){ .y = a, .x = b }", "(struct inner){.y = a, .x = b}" },
        { "(struct node){ .in = { .x = 1 }, .in.y = 2, .first = 3 }", "(struct node){.in = {.x = 1}, .in.y = 2, .first = 3}" },
        { "(int[8]){ [1] = a, [2 ... 3] = b, 9, [GREEN] = 5 }", "(int[8]){[1] = a, [2 ... 3] = b, 9, [5] = 5}" },
        { "(struct inner[2]){ [0].x = 1, [1] = { 3, 4 } }", "(struct inner[2]){[0].x = 1, [1] = {3, 4}}" },
        { "(struct node){ array: { 7 }, .array[1 ... 2] = 8 }", "(struct node){.array = {7}, .array[1 ... 2] = 8}" },
        { "sizeof(int)", "SizeOf=4" },
        { "sizeof a++", "SizeOf=4" },
        { "sizeof(struct { int x[3]; })", "SizeOf=12" },
        { "_Alignof(long)", "AlignOf=8" },
        { "__alignof__(p->value)", "AlignOf=4" },
        { "__builtin_offsetof(struct node, array[2])", "OffsetOf=40" },
        { "__builtin_offsetof(struct node, second)", "OffsetOf=18" },
        { "__builtin_types_compatible_p(int, long)", "TypesCompatible=0" },
        { "__builtin_types_compatible_p(typeof(a), typeof(b))", "TypesCompatible=1" },
        { "__builtin_constant_p(a)", "ConstantP=" },
        { "__builtin_constant_p(3)", "ConstantP=1" },
        { "__builtin_choose_expr(1, a, q)", "chosen(a)" },
        { "__builtin_choose_expr(sizeof(a) == 8, a, q)", "chosen(q)" },
        { "_Generic(a, long: b, int: a, default: q)", "chosen(a)" },
        { "_Generic(p, default: q, int: a)", "chosen(q)" },
        { "_Generic((size_type)a, int: 1, unsigned long: 2)", "chosen(2)" },
        { "_Generic(p->in, struct node: 1, struct inner: 2, default: 3)", "chosen(2)" },
        { "_Generic(*q, long: 1, default: 2, char *: 3)", "chosen(2)" },
        { "_Generic(_Generic(a, int: 1L), int: 1, long: _Generic(b, long: 3, int: 4))", "chosen(chosen(4))" },
        { "__builtin_expect(!!(a), 1)", "__builtin_expect((LogicalNot (LogicalNot a)), 1)" },
        { "({ __builtin_va_list l; __builtin_va_arg(l, int); })", "({ __builtin_va_list l; __builtin_va_arg(l); })" },
        { "__atomic_load_n(q, 5)", "__atomic_load_n(q, 5)" },
        { "__atomic_exchange_n(q, a, 5)", "__atomic_exchange_n(q, 5, a)" },
        { "__sync_fetch_and_add(q, a)", "__sync_fetch_and_add_4(q, a)" },
        { "&&here; here: 0", "&&here" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement(string source, string tree) => Assert.Equal($"{{ {tree} }}", Unparse.Of(Snippet.Body(source)));

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Expression(string source, string tree)
    {
        var first = Assert.IsType<ExpressionStatement>(Snippet.Body(source + ";").Statements[0]);
        Assert.Equal(tree, Unparse.Of(first.Expression));
    }

    [Fact]
    public void Every_kind_of_node_occurs_above()
    {
        var bodies = Statements.Select(static row => (string)row[0]).Concat(Expressions.Select(static row => row[0] + ";"))
            .Select(Snippet.Body).SelectMany(static body => body.DescendantsAndSelf()).ToList();
        var kinds = typeof(Node).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Node)) && !type.IsAbstract);
        Assert.Equal([], kinds.Except(bodies.Select(static node => node.GetType())).Select(static type => type.Name));
        Assert.Equal([], Enum.GetValues<UnaryOperator>().Except(bodies.OfType<UnaryExpression>().Select(static node => node.Operator)));
        Assert.Equal([], Enum.GetValues<BinaryOperator>().Except(bodies.OfType<BinaryExpression>().Select(static node => node.Operator)));
        Assert.Equal([], Enum.GetValues<UnevaluatedKind>().Except(bodies.OfType<UnevaluatedExpression>().Select(static node => node.Kind)));
        Assert.Equal([], Enum.GetValues<CastKind>().Except(bodies.OfType<CastExpression>().Select(static node => node.Kind)));
    }

    [Fact]
    public void Messages_of_attributes_are_not_taken_for_code()
    {
        var body = Snippet.Body("""
            extern void assertion(void) __attribute__((error("min(a, \"for (;;)\") in for (x; asm(\"y\") \"")));
            for (; a;) { extern void other(void) __attribute__((warning("; ) \" for (;;;)"))); break; }
            """);
        Assert.Equal("for ( | a | ) { break; }", Unparse.Of(body.Only<ForStatement>()));
    }

    [Fact]
    public void Every_node_knows_its_parent()
    {
        var body = Snippet.Body("if (a) { for (a = 0; a < b; a++) p->value = ({ q[a]; }); } return a ?: b;");
        Assert.Null(body.Parent);
        Assert.All(body.DescendantsAndSelf(), static node => Assert.All(node.Children, child => Assert.Same(node, child.Parent)));
    }
}
