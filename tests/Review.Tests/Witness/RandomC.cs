using FsCheck;
using FsCheck.Fluent;

namespace Review.Tests.Witness;

/// <summary>Random functions of three numbers: locals of all integer types, and expressions over them whose value C defines under -fwrapv.</summary>
internal static class RandomC
{
    private static readonly Gen<string> Type = Gen.Elements(
        "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long", "unsigned long", "_Bool", "enum kind");

    private static readonly Gen<string> Variable = Gen.Elements("a", "b", "c", "v0", "v1", "v2", "v3", "s.x", "s.y", "p->z", "s.w");

    private static readonly Gen<string> Leaf = Gen.OneOf(Variable, Gen.Choose(-300, 300).Select(static number => $"({number})"), Gen.Elements("0xffffffffu", "4096ul", "'x'", "-1l", "0x80000000", "SECOND", "sizeof(s)"));

    /// <summary>The text of a function whose name ends in a number.</summary>
    public static Gen<Func<int, string>> Function { get; } =
        from types in Gen.ArrayOf(Type, 4)
        from members in Gen.ArrayOf(Type, 3)
        from statements in Gen.ArrayOf(Statement, 8)
        from result in Expression(3)
        select (Func<int, string>)(index => $$"""
            long random{{index}}(long a, long b, long c)
            {
                enum kind { FIRST, SECOND = 7, LAST = 0x7fffffff };
                struct { {{members[0]}} x; int w : 5; {{members[1]}} y; {{members[2]}} z; } s = { .x = a, .y = b, .z = c, .w = a }, *p = &s;
                {{types[0]}} v0 = a;
                {{types[1]}} v1 = b;
                {{types[2]}} v2 = c;
                {{types[3]}} v3 = a + b;
                {{string.Join("\n    ", statements)}}
                return {{result}};
            }
            """);

    private static Gen<string> Statement { get; } =
        from target in Variable
        from operation in Gen.Elements("=", "+=", "-=", "*=", "|=", "&=", "^=", "=", "<<=", ">>=", "/=", "%=")
        from value in Expression(3)
        from condition in Expression(2)
        from shape in Gen.Choose(0, 3)
        select (shape, Assignment(target, operation, value)) switch
        {
            (0, var assignment) => $"if ({condition}) {assignment} else s.x = {value};",
            (1, var assignment) => $"for (int i = 0; i < 3; i++) {assignment}",
            (_, var assignment) => assignment,
        };

    private static string Assignment(string target, string operation, string value) => operation switch
    {
        "/=" or "%=" => $"{target} {operation} (({value}) & 0xff) + 1;",
        "<<=" or ">>=" => $"{target} {operation} ({value}) & 7;",
        _ => $"{target} {operation} {value};",
    };

    private static Gen<string> Expression(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        from left in Expression(depth - 1)
        from right in Expression(depth - 1)
        from operation in Gen.Elements("+", "-", "*", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "&&", "||", ",")
        select $"(({left}) {operation} ({right}))",
        from left in Expression(depth - 1)
        from right in Expression(depth - 1)
        from operation in Gen.Elements("/", "%")
        select $"(({left}) {operation} ((({right}) & 0xff) + 1))",
        from left in Expression(depth - 1)
        from right in Expression(depth - 1)
        from operation in Gen.Elements("<<", ">>")
        select $"(({left}) {operation} (({right}) & 7))",
        from operand in Expression(depth - 1)
        from operation in Gen.Elements("-", "~", "!", "+")
        select $"({operation}({operand}))",
        from operand in Expression(depth - 1)
        from type in Type
        select $"(({type})({operand}))",
        from condition in Expression(depth - 1)
        from left in Expression(depth - 1)
        from right in Expression(depth - 1)
        select $"(({condition}) ? ({left}) : ({right}))",
        from condition in Expression(depth - 1)
        from right in Expression(depth - 1)
        select $"(({condition}) ?: ({right}))");
}
