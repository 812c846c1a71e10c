using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ClangSharp.Interop;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXTypeKind;

namespace Review.Clang;

/// <summary>Turns clang's types into ours; equal types become the same object.</summary>
/// <param name="shared">What the types of several versions of a file have in common; null if there are none.</param>
/// <param name="header">What the types of several files have in common; null if they have nothing.</param>
/// <param name="isOfHeader">True to read types as the header knows them: what the file adds is left out.</param>
internal sealed unsafe partial class TypeReader(SharedSymbols? shared = null, HeaderDeclarations? header = null, bool isOfHeader = false)
{
    private readonly Dictionary<nint, CType> types = [];

    public CType Read(CXType type)
    {
        var key = (nint)type.data.e0;
        if (key != 0 && types.TryGetValue(key, out var known))
        {
            return known;
        }

        var result = Create(type);
        if (header is not null)
        {
            result = result is RecordType or EnumType ? ShareDeclared(type, result, header) : header.Share(result);
        }
        else if (shared is not null)
        {
            result = shared.Share(result, result is RecordType or EnumType ? clang.getTypeDeclaration(clang.getCanonicalType(type)) : null);
        }

        if (key != 0)
        {
            types[key] = result;
        }

        return result;
    }

    /// <summary>The tag of a structure, union or enumeration; for one without a tag, the name of its typedef; else empty.</summary>
    public static string NameOf(CXCursor declaration)
    {
        var name = Cursors.Spelling(declaration);
        return name.Contains('(', StringComparison.Ordinal) ? "" : name;
    }

    /// <summary>The types that a type is made of; none for one that is declared.</summary>
    public static IEnumerable<CType> PartsOf(CType type) => type switch
    {
        PointerType pointer => [pointer.Target],
        ArrayType array => [array.Element],
        TypedefType typedef => [typedef.Underlying],
        FunctionType function => [function.Result, .. function.Parameters],
        _ => [],
    };

    /// <summary>A structure, union or enumeration; one that the header declares and the file defines is the file's own.</summary>
    private CType ShareDeclared(CXType type, CType result, HeaderDeclarations header)
    {
        var declaration = clang.getTypeDeclaration(clang.getCanonicalType(type));
        var first = clang.getCanonicalCursor(declaration);
        if (!HeaderDeclarations.Has(first))
        {
            return result;
        }

        var definition = clang.getCursorDefinition(declaration);
        return clang.Cursor_isNull(definition) != 0 || HeaderDeclarations.Has(definition) ? header.Share(result, first)
            : isOfHeader ? header.Share(AsDeclared(result), first)
            : result;
    }

    /// <summary>What is known of a structure, union or enumeration by its name alone.</summary>
    private static CType AsDeclared(CType type) => type switch
    {
        RecordType record => new RecordType(record.Spelling, (long)CXTypeLayoutError.CXTypeLayoutError_Incomplete, record.Name, record.IsUnion),
        EnumType enumeration => new EnumType(enumeration.Spelling, (long)CXTypeLayoutError.CXTypeLayoutError_Incomplete, enumeration.Name, enumeration.Underlying),
        _ => type,
    };

    private CType Create(CXType type)
    {
        switch (type.kind)
        {
            case CXType_Elaborated:
                return Read(clang.Type_getNamedType(type));
            case CXType_Unexposed:
            case CXType_Auto:
            case CXType_Attributed:
            {
                var canonical = clang.getCanonicalType(type);

                // The type of a builtin function: asking for its size crashes libclang.
                return canonical.kind is CXType_Unexposed or CXType_Auto or CXType_Invalid
                    ? new OpaqueType(SpellingOf(type), -1)
                    : Read(canonical);
            }
        }

        var spelling = SpellingOf(type);
        // CXTypeLayoutError has a number for each reason.
        var size = Math.Max(clang.Type_getSizeOf(type), -1);
        switch (type.kind)
        {
            case CXType_Void:
                return new VoidType(spelling);
            case CXType_Bool:
                return new IntegerType(spelling, size, isSigned: false, isBool: true);
            case CXType_Char_U or CXType_UChar or CXType_Char16 or CXType_Char32 or CXType_UShort or CXType_UInt or CXType_ULong or CXType_ULongLong or CXType_UInt128:
                return new IntegerType(spelling, size, isSigned: false, isBool: false);
            case CXType_Char_S or CXType_SChar or CXType_WChar or CXType_Short or CXType_Int or CXType_Long or CXType_LongLong or CXType_Int128:
                return new IntegerType(spelling, size, isSigned: true, isBool: false);
            case CXType_Float or CXType_Double or CXType_LongDouble or CXType_Half or CXType_Float16 or CXType_Float128:
                return new FloatingType(spelling, size);
            case CXType_Pointer:
            {
                var pointee = clang.getPointeeType(type);
                return new PointerType(spelling, size, Read(pointee), clang.isConstQualifiedType(pointee) != 0);
            }

            case CXType_ConstantArray or CXType_IncompleteArray or CXType_VariableArray:
                return new ArrayType(spelling, size, Read(clang.getArrayElementType(type)), clang.getArraySize(type));
            case CXType_Record:
            {
                var declaration = clang.getTypeDeclaration(type);
                return new RecordType(spelling, size, NameOf(declaration), declaration.kind == CXCursorKind.CXCursor_UnionDecl);
            }

            case CXType_Enum:
            {
                var declaration = clang.getTypeDeclaration(type);
                return new EnumType(spelling, size, NameOf(declaration), Read(clang.getEnumDeclIntegerType(declaration)));
            }

            case CXType_Typedef:
                return new TypedefType(spelling, Read(clang.getTypedefDeclUnderlyingType(clang.getTypeDeclaration(type))));
            case CXType_FunctionProto or CXType_FunctionNoProto:
            {
                var parameters = ImmutableArray.CreateBuilder<CType>();
                var count = clang.getNumArgTypes(type);
                for (var i = 0; i < count; i++)
                {
                    parameters.Add(Read(clang.getArgType(type, (uint)i)));
                }

                return new FunctionType(
                    spelling,
                    Read(clang.getResultType(type)),
                    parameters.ToImmutable(),
                    clang.isFunctionTypeVariadic(type) != 0,
                    spelling.Contains("noreturn", StringComparison.Ordinal));
            }

            default:
                return new OpaqueType(spelling, size);
        }
    }

    /// <summary>clang's spelling without the place it adds to records that have no tag.</summary>
    private static string SpellingOf(CXType type)
    {
        var spelling = NativeText.Take(clang.getTypeSpelling(type));
        return spelling.Contains(" at ", StringComparison.Ordinal) ? PlaceOfUnnamed().Replace(spelling, ")") : spelling;
    }

    [GeneratedRegex(@" at [^()]*:\d+:\d+\)")]
    private static partial Regex PlaceOfUnnamed();
}
