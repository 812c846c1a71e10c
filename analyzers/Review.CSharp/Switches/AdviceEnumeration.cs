using System.Linq;
using Microsoft.CodeAnalysis;

namespace Review.CSharp.Switches;

/// <summary>The enumerations of advice that the generator makes.</summary>
internal static class AdviceEnumeration
{
    /// <summary>True for an enumeration that says of itself that it was made from a table.</summary>
    public static bool Is(INamedTypeSymbol type) => type.TypeKind == TypeKind.Enum && type.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is "mmreview");
}
