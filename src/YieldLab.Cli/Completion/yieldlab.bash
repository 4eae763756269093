# Completion of yieldlab for bash. The program itself says what can stand here; where it has nothing to say, bash
# completes the name of a file.
_yieldlab() {
  local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE#"$1"} program=${1/#~\//$HOME/}
  local place=$((COMP_POINT - ${#1})) found
  COMPREPLY=()
  while IFS= read -r found; do
    case $found in
      '' | /*) continue ;; # the names of options on Windows
      -*) [[ $word == -* ]] || continue ;;
    esac
    [[ $found == "$word"* ]] && COMPREPLY+=("$found")
  done < <("$program" "[suggest:$place]" "$line" 2> /dev/null)
}
complete -o default -F _yieldlab yieldlab
