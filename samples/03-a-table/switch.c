/* The same in C, as one switch. */
enum lock { LOCK_WRITE, LOCK_READ, LOCK_NONE };

enum lock needs_lock(int behavior)
{
	switch (behavior) {
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_COLD:
#ifdef CONFIG_TRANSPARENT_HUGEPAGE
	case MADV_COLLAPSE:
#endif
		return LOCK_READ;
	case MADV_HWPOISON:
		return LOCK_NONE;
	default:
		return LOCK_WRITE;
	}
}
