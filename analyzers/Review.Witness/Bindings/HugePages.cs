using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Huge pages of hugetlbfs (include/linux/hugetlb.h): the model has one size.</summary>
internal static class HugePages
{
    public static Value StateOf(KernelCall call) =>
        call.Vma(0).IsHugeTlb ? call.AddressOf(KernelObjects.HugeState, 0) : throw StopException.Violates(ViolationKind.Contract, $"{call.Caller}() asks for the page size of a VMA that is not hugetlb");

    public static Value Size(KernelCall call) => Value.Of((long)Pages.HugeSize);

    public static Value Mask(KernelCall call) => Value.Of(-(long)Pages.HugeSize);
}
