/*
 * Linked into the program of machine code, and run before anything of it is:
 * the .NET runtime begins by writing the descriptions of all types, some
 * 13 MB, to memory that the linker has set aside behind the program's
 * variables. In huge pages that costs a few faults instead of thousands.
 */
#include <stdint.h>
#include <sys/mman.h>

static const uintptr_t huge_page_size = 2 << 20;

extern char __bss_start[], _end[];

__attribute__((constructor)) static void use_huge_pages_for_types(void)
{
	uintptr_t start = ((uintptr_t)__bss_start + huge_page_size - 1) & -huge_page_size;
	uintptr_t end = (uintptr_t)_end & -huge_page_size;

#ifdef MADV_HUGEPAGE
	/* No harm is done where the system has no such pages. */
	if (start < end)
		madvise((void *)start, end - start, MADV_HUGEPAGE);
#endif
}
